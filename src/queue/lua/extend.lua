-- extend: keeps the lease of an external worker's attempt, and tells what is known of the attempt. (P1)
-- In    ARGV[3] user, [4] id, [5] token, [6] lease ms, [7] grace ms beyond it, [8] limit: ms from the attempt's start that it may take
--       [9] what the name of the lease's worker contains; nothing: any worker's
-- Out   { now, what the lease lasts from now in ms, start of the attempt in ms, attemptsMade, worker }
--       | 'LOST' (the lease has ended or is another attempt's, or the limit is reached) | 'OTHERS' (it is another worker's) | 'CLOSED'
-- Does  never shortens a lease: one that was told to end later still does, and the answer says so. The job bears the token
--       of a lease that goes to the limit. May be repeated.
if closed() then return 'CLOSED' end
local user, id = ARGV[3], ARGV[4]
local queue = queue_of(user)
local mine, worker = string.match(call('HGET', OWNERS, user) or '', '^(%d+) (.+)$')
-- If the server's clock was set back, a claim will cut the lease to the longest that was given: no more is promised. (P1)
local ends = min(tonumber(call('ZSCORE', LEASES, user) or 0), now + longest)
if mine ~= ARGV[5] or ends <= now or call('LINDEX', queue .. 'active', 0) ~= id then return 'LOST' end
if ARGV[9] and not string.find(worker, ARGV[9], 1, true) then return 'OTHERS' end
local job = call('HMGET', queue .. id, 'processedOn', 'attemptsMade')
if was_set_back(job[1]) then job[1] = NOW; call('HSET', queue .. id, 'processedOn', NOW) end -- else the limit would be as late
local left = tonumber(job[1]) + tonumber(ARGV[8]) - now
local lease = min(tonumber(ARGV[6]), left)
if lease <= 0 then return 'LOST' end
if left <= lease then call('HSET', queue .. id, 'limit', mine) end
if now + lease + ARGV[7] > ends then call('ZADD', LEASES, lease_end(lease + ARGV[7]), user) end
return { NOW, text(max(lease, ends - ARGV[7] - now)), job[1], job[2] or '0', worker }
