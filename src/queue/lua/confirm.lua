-- confirm: what was held becomes a request that may run, or gives up its place.
-- In    items from ARGV[3]: user, id, seq, keep (1 or 0)
-- Out   an item each: 'OK' | 'GONE' (not known under this seq any more) | 'CLOSED'
-- Does  keep: unholds, and wakes a worker if the user may start now. Not: removes it, only if it is still held.
--       One that was given out already is looked up once more, unless it succeeds. May be repeated.
if closed() then return 'CLOSED' end
local out = {}
for i = 3, #ARGV, 4 do
  local user, id, seq, keep = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3] == '1'
  local queue = queue_of(user)
  local job = call('HMGET', queue .. id, 'seq', 'held', 'delay')
  if job[1] ~= seq then out[#out + 1] = 'GONE'
  else
    if job[2] then
      local scheduled = job[3] ~= '0'
      local first = scheduled and call('ZRANGE', queue .. 'delayed', 0, 0)[1] or call('LINDEX', queue .. 'wait', -1)
      local stood = not keep and first == id and standing_of(queue)
      if keep then
        call('HDEL', queue .. id, 'held')
        emit(user, 'request.accepted', id)
      else
        drop_job(queue, id)
        if call('LREM', queue .. 'wait', 1, id) == 0 then call('ZREM', queue .. 'delayed', id) end
      end
      if first == id then wake(schedule(user, queue, stood)) end
    elseif keep and call('LINDEX', queue .. 'active', 0) == id then
      -- Its hold ran out, and it is being looked up: by somebody who may have read what was on record before. (P3)
      call('HSET', queue .. id, 'again', '1')
    end
    out[#out + 1] = 'OK'
  end
end
return out
