-- apply_settings: what a user, or an operator, has set for a user's queue.
-- In    ARGV[3] user, [4] version, [5] paused, [6] interval, [7] burst, [8] depth (see _settings.lua)
-- Out   'OK' | 'OLD' (newer settings were written already: nothing was done) | 'CLOSED'
-- Does  what is running finishes. May be repeated.
if closed() then return 'CLOSED' end
local user = ARGV[3]
local queue = queue_of(user)
if tonumber(call('HGET', queue .. 'control', 'version') or 0) > tonumber(ARGV[4]) then return 'OLD' end
local was = call('HGET', queue .. 'control', 'paused') and '1' or '0'
write_settings(queue, 4)
if ARGV[5] ~= was then emit(user, ARGV[5] == '1' and 'queue.paused' or 'queue.resumed', '') end
wake(schedule(user, queue))
return 'OK'
