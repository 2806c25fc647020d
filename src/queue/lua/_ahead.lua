-- Included by hold, restore and snapshot: how many of a user's wait list, from the head, stay before a seq: one that has
-- started, and all that are older. A binary search, for a user may have as many waiting as they like, and Redis serves
-- all others meanwhile. (P5)
local function ahead_of(queue, seq)
  local wait = queue .. 'wait'
  local low, high = 0, call('LLEN', wait)
  while low < high do
    local middle = floor((low + high) / 2)
    local job = order_of(queue, call('LINDEX', wait, -1 - middle))
    if started(job) or tonumber(job[SEQ] or 0) < seq then low = middle + 1 else high = middle end
  end
  return low
end
