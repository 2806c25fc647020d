-- purge: first step of cancelling all that waits in a user's queue. From now on each of these requests is looked up
-- before it runs, so that none that is cancelled meanwhile does.
-- In    ARGV[3] user
-- Out   { now, id of the running request or '', last token given out, a time that all were accepted by in any case, ms,
--       the highest seq that is marked } | 'CLOSED'
-- Does  may be repeated. The mark goes with the last of these requests.
if closed() then return 'CLOSED' end
local queue = queue_of(ARGV[3])
local last = tonumber(call('HGET', queue .. 'control', 'check') or 0)
local function cover(id) if id then last = max(last, tonumber(call('HGET', queue .. id, 'seq'))) end end
cover(call('LINDEX', queue .. 'wait', 0))
cover(call('ZREVRANGE', queue .. 'delayed', 0, 0)[1])
-- Those that were started keep the head, though an older one that was put back may stand behind them.
local from_head = -1
repeat
  local id = call('LINDEX', queue .. 'wait', from_head)
  cover(id)
  from_head = from_head - 1
until not id or not started(order_of(queue, id))
if last > 0 then call('HSET', queue .. 'control', 'check', text(last)); rest(queue) end
local active = call('LINDEX', queue .. 'active', 0) or ''
return { NOW, active, text(token), text(max(now, ceil(clock / 1000))), text(last) }
