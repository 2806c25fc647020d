-- begin_purge: the first step of cancelling everything that waits in a user's queue. From now on each of these requests is
-- looked up before it runs, so that one that is cancelled meanwhile does not run.
-- In    ARGV[3] user
-- Out   { now, id of the running request or '', a new token, clock } | 'CLOSED'
--       token: all that waits has a lower one, or this one: a retry gives a request the token after that of its failure.
--       Requests that start later have a higher one.
--       clock: requests accepted before have a seq up to this unless they are scheduled; later ones have a higher seq.
-- Does  the mark goes with the last of these requests. May be repeated.
if closed() then return 'CLOSED' end
local queue = queue_of(ARGV[3])
if call('EXISTS', queue .. 'wait', queue .. 'delayed') > 0 then
  call('HSET', queue .. 'control', 'check', text(clock))
  expire_if_default(queue)
end
local purge_token = next_token()
save_counters()
return { NOW, call('LINDEX', queue .. 'active', 0) or '', purge_token, text(clock) }
