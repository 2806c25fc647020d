-- confirm: turns held requests into requests that may run, or removes them.
-- In    items from ARGV[3]: user, id, seq, accepted (1: its document is in MongoDB; 0: it is given up)
-- Out   for each item: 'OK' | 'GONE' (no longer known under this seq) | 'CLOSED'
-- Does  accepted: ends the hold, and wakes a worker if the user may start now. Else: removes it, only if it is still held.
--       If it was already given to a worker to be looked up, and that finds that it has ended, it is looked up once more,
--       unless it has succeeded. May be repeated.
if closed() then return 'CLOSED' end
local out = {}
for i = 3, #ARGV, 4 do
  local user, id, seq, accepted = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3] == '1'
  local queue = queue_of(user)
  local job = call('HMGET', queue .. id, 'seq', 'held', 'delay')
  if job[1] ~= seq then out[#out + 1] = 'GONE'
  else
    if job[2] then
      local scheduled = job[3] ~= '0'
      local first = scheduled and call('ZRANGE', queue .. 'delayed', 0, 0)[1] or call('LINDEX', queue .. 'wait', -1)
      local lanes_before = not accepted and first == id and ready_lanes_of(queue)
      if accepted then
        call('HDEL', queue .. id, 'held')
        emit(user, 'request.accepted', id)
      else
        drop_job(queue, id)
        if call('LREM', queue .. 'wait', 1, id) == 0 then call('ZREM', queue .. 'delayed', id) end
      end
      if first == id then wake(update_ready(user, queue, lanes_before)) end
    elseif accepted and call('LINDEX', queue .. 'active', 0) == id then
      -- Its hold ran out, and a worker is looking it up: it may have read MongoDB before the insert. (P3)
      call('HSET', queue .. id, 'again', '1')
    end
    out[#out + 1] = 'OK'
  end
end
return out
