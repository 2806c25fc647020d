-- Included by hold and restore: puts a job into the user's wait list by its seq, behind one that has started.
-- The tail is where nearly all go; an older seq steps over the few older heads and puts them back.
local function place(queue, id, seq)
  local wait = queue .. 'wait'
  local newest = call('LINDEX', wait, 0)
  if not newest or tonumber(call('HGET', queue .. newest, 'seq')) < seq then return call('LPUSH', wait, id) end
  local older = {}
  while true do
    local other = call('LINDEX', wait, -1)
    if not other then break end
    local job = job_of(queue, other)
    if not started(job) and tonumber(job[SEQ]) > seq then break end
    older[#older + 1] = call('RPOP', wait)
  end
  call('RPUSH', wait, id)
  for i = #older, 1, -1 do call('RPUSH', wait, older[i]) end
end
