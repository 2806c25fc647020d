-- extend: extends the lease of an external worker's attempt, and returns what is known about the attempt. (P1)
-- In    ARGV[3] user, [4] id, [5] token, [6] lease ms, [7] grace ms beyond it, [8] limit: how long the attempt may take from
--       its start, ms, [9] a part of the name of the worker that has the lease; left out: any worker
-- Out   { now, how long the lease lasts from now (ms), start of the attempt (ms), attemptsMade, worker }
--       | 'LOST' (the lease has ended or is another attempt's, or the limit is reached) | 'OTHERS' (it is another worker's)
--       | 'CLOSED'
-- Does  never shortens a lease: the answer is the end that was promised before, if that is later. The job's `limit` is the token
--       of a lease that goes to the limit. May be repeated.
if closed() then return 'CLOSED' end
local user, id, lease_token, lease_ms, grace_ms, limit_ms, holder = unpack(ARGV, 3, 9)
local queue = queue_of(user)
local owner_token, worker = owner_of(user)
-- If the server's clock was set back, a claim will shorten the lease to the longest that was given: promise no more. (P1)
local ends = min(tonumber(call('ZSCORE', LEASES, user) or 0), now + longest)
if owner_token ~= lease_token or ends <= now or call('LINDEX', queue .. 'active', 0) ~= id then return 'LOST' end
if holder and not string.find(worker, holder, 1, true) then return 'OTHERS' end
local job = call('HMGET', queue .. id, 'processedOn', 'attemptsMade')
-- If the clock was set back since the start, the limit would come later by as much.
if was_set_back(job[1]) then job[1] = NOW; call('HSET', queue .. id, 'processedOn', NOW) end
local left = tonumber(job[1]) + limit_ms - now
local lease = min(tonumber(lease_ms), left)
if lease <= 0 then return 'LOST' end
if left <= lease then call('HSET', queue .. id, 'limit', lease_token) end
if now + lease + grace_ms > ends then call('ZADD', LEASES, lease_end(lease + grace_ms), user) end
return { NOW, text(max(lease, ends - grace_ms - now)), job[1], job[2] or '0', worker }
