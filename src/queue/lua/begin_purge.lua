-- begin_purge: first step of cancelling all that waits in a user's queue. From now on each of these requests is looked up
-- before it runs, so that none that is cancelled meanwhile does.
-- In    ARGV[3] user
-- Out   { now, id of the running request or '', last token given out, clock } | 'CLOSED'
--       clock: all that was accepted before has a seq up to this, unless it is scheduled; all that comes later, a higher one.
-- Does  may be repeated. The mark goes with the last of these requests.
if closed() then return 'CLOSED' end
local queue = queue_of(ARGV[3])
if call('EXISTS', queue .. 'wait', queue .. 'delayed') > 0 then
  call('HSET', queue .. 'control', 'check', text(clock))
  rest(queue)
end
return { NOW, call('LINDEX', queue .. 'active', 0) or '', text(token), text(clock) }
