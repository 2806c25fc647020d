-- end_backoff: lets the next attempt of a request start now, after MongoDB has recorded that its backoff is over.
-- In    ARGV[3] user, [4] id, [5] how many of its attempts have failed
-- Out   'OK' | 'BUSY' (a worker has not settled the last of these attempts yet) | 'CLOSED'
-- Does  nothing if its next attempt has begun. A pause, a halt or a rate still holds it. It keeps its place. May be repeated. (P2)
if closed() then return 'CLOSED' end
local user, id, failed = ARGV[3], ARGV[4], tonumber(ARGV[5])
local queue = queue_of(user)
local job = job_of(queue, id)
local made = tonumber(job[ATTEMPTS_MADE] or 0)
if call('LINDEX', queue .. 'active', 0) == id then return made < failed and 'BUSY' or 'OK' end
if made == failed and tonumber(job[NOT_BEFORE] or 0) > now then
  call('HSET', queue .. id, 'notBefore', NOW, 'since', NOW)
  emit(user, 'request.retrying', id, format('{"nextAttemptAt":%s}', NOW))
  wake(update_ready(user, queue))
end
return 'OK'
