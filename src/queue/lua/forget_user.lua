-- forget_user: removes what is stored of a user besides requests: events, settings, listeners.
-- In    ARGV[3] user
-- Out   1 (done) · 0 (the user has something pending: nothing was done) | 'CLOSED'
-- Does  may be repeated.
if closed() then return 'CLOSED' end
local user = ARGV[3]
local queue = queue_of(user)
if call('EXISTS', queue .. 'wait', queue .. 'active', queue .. 'delayed') > 0 then return 0 end
call('ZREM', LISTENERS, user)
call('DEL', queue .. 'events', queue .. 'control', queue .. 'meta-paused', queue .. 'bytes')
return 1
