-- purge: first step of cancelling all that waits in a user's queue. From now on each of these requests is looked up
-- before it runs, so that none that is cancelled meanwhile does.
-- In    ARGV[3] user
-- Out   { now, id of the running request or '', last token given out } | 'CLOSED'
-- Does  may be repeated. The mark goes with the last of these requests.
if closed() then return 'CLOSED' end
local queue = queue_of(ARGV[3])
local newest = call('LINDEX', queue .. 'wait', 0)
local latest = call('ZREVRANGE', queue .. 'delayed', 0, 0, 'WITHSCORES')[2]
local last = max(newest and tonumber(call('HGET', queue .. newest, 'seq')) or 0, tonumber(latest or 0),
  tonumber(call('HGET', queue .. 'control', 'check') or 0))
if last > 0 then call('HSET', queue .. 'control', 'check', text(last)); rest(queue) end
return { text(now), call('LINDEX', queue .. 'active', 0) or '', text(token) }
