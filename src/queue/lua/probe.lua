-- probe: is the shard open for this epoch? And how busy is it? Reads only.
-- Out   { now, users waiting for a worker or a time, users leased, the earliest ms that is due or '' } | 'CLOSED'
if closed() then return 'CLOSED' end
local first = call('ZRANGE', READY, 0, 0, 'WITHSCORES')[2]
return { text(now), call('ZCARD', READY), call('ZCARD', LEASES), first and tonumber(first) <= now and first or '' }
