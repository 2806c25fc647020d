-- cancel: takes requests out of their queues, in two phases around the write to MongoDB that decides about them.
-- In    items from ARGV[3]: user, id, phase (mark or remove)
-- Out   for each item: 'WAITING' | 'ACTIVE' | 'GONE' (it has no job) | 'CLOSED'
-- Does  mark: the next worker looks it up first, so that it does not run if it is cancelled meanwhile.
--       remove: a waiting one leaves its queue. For a running one its worker is told to abort it; the next request starts only
--       when its handler has ended. Its event is emitted once. May be repeated. (P1, P3)
if closed() then return 'CLOSED' end
local out = {}
for i = 3, #ARGV, 3 do
  local user, id, phase = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local queue = queue_of(user)
  local active = call('LINDEX', queue .. 'active', 0) == id
  if call('EXISTS', queue .. id) == 0 then out[#out + 1] = 'GONE'
  else
    if phase == 'mark' then
      if not call('HGET', queue .. id, 'check') then call('HSET', queue .. id, 'check', '1') end
    elseif active then
      local _, worker = owner_of(user)
      if worker then call('PUBLISH', 'tw:worker:' .. worker, 'abort ' .. id) end
      if call('HSETNX', queue .. id, 'cancelled', '1') == 1 then emit(user, 'request.cancelled', id) end
    else
      local was_emitted = call('HGET', queue .. id, 'cancelled')
      local lanes_before = ready_lanes_of(queue)
      drop_job(queue, id)
      if call('LREM', queue .. 'wait', -1, id) == 0 then call('ZREM', queue .. 'delayed', id) end
      wake(update_ready(user, queue, lanes_before))
      if not was_emitted then emit(user, 'request.cancelled', id) end
    end
    out[#out + 1] = active and 'ACTIVE' or 'WAITING'
  end
end
return out
