-- apply_settings: writes the settings of a user's queue.
-- In    ARGV[3] user, [4] version, [5] paused, [6] interval, [7] burst, [8] depth (see _settings.lua)
-- Out   'OK' | 'OLD' (newer settings are there: nothing was done) | 'CLOSED'
-- Does  a running request continues. May be repeated.
if closed() then return 'CLOSED' end
local user, version, paused = unpack(ARGV, 3, 5)
local queue = queue_of(user)
if tonumber(call('HGET', queue .. 'control', 'version') or 0) > tonumber(version) then return 'OLD' end
local was = call('HGET', queue .. 'control', 'paused') and '1' or '0'
write_settings(queue, 4)
if paused ~= was then emit(user, paused == '1' and 'queue.paused' or 'queue.resumed', '') end
wake(update_ready(user, queue))
return 'OK'
