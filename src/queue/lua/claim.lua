-- claim: gives a worker up to n users whose head may start, each with the head leased. (P1, P5)
-- In    ARGV[3] worker, [4] n, [5] LEASE ms, [6] cutoff: what the server's clock should read at most
-- Out   { now, next due ms or '', next lease to end ms or '', sleepers, jobs (see _give.lua) } | 'CLOSED'
-- Does  first takes back at most 64 leases that ended before min(now, cutoff): the job returns to the head and is
--       to be looked up before it runs again. A worker that is given nothing goes to sleep in the same call, so that
--       no wake-up is lost; one that asks for 0 is going, and sleeps no more. A lost reply costs one lease.
if closed() then return 'CLOSED' end
local worker, n, lease, ended = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), min(now, tonumber(ARGV[6]))
for _, user in ipairs(call('ZRANGEBYSCORE', LEASES, '-inf', text(ended), 'LIMIT', 0, 64)) do
  local queue = queue_of(user)
  local id = call('LINDEX', queue .. 'active', 0)
  if id then
    call('DEL', queue .. 'active')
    call('RPUSH', queue .. 'wait', id)
    call('HSET', queue .. id, 'check', '2')
  end
  call('ZREM', LEASES, user)
  call('HDEL', OWNERS, user)
  schedule(user, queue)
end
local jobs = {}
if n > 0 then
  for _, user in ipairs(call('ZRANGEBYSCORE', READY, '-inf', text(now), 'LIMIT', 0, n)) do
    local queue = queue_of(user)
    if not give(user, queue, worker, lease, jobs) then schedule(user, queue) end
  end
end
save()
call('LREM', SLEEPERS, 1, worker)
if #jobs == 0 and n > 0 then call('RPUSH', SLEEPERS, worker) end
return {
  text(now),
  call('ZRANGE', READY, 0, 0, 'WITHSCORES')[2] or '',
  call('ZRANGE', LEASES, 0, 0, 'WITHSCORES')[2] or '',
  call('LLEN', SLEEPERS),
  jobs,
}
