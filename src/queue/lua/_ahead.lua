-- Included by hold, settle, restore, find_faults, mend, snapshot and list_waiting.
-- How many requests of `wait` come before a seq: one that has started, and all older ones. A binary search, because `wait` can be
-- long, and Redis serves nobody else meanwhile. (P5)
local function ahead_of(queue, seq)
  local wait = queue .. 'wait'
  local low, high = 0, call('LLEN', wait)
  while low < high do
    local middle = floor((low + high) / 2)
    local job = order_fields_of(queue, call('LINDEX', wait, -1 - middle))
    if started(job) or tonumber(job[SEQ] or 0) < seq then low = middle + 1 else high = middle end
  end
  return low
end
