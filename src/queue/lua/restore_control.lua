-- restore_control: puts the settings and halts of users back while the shard is being rebuilt, before their requests.
-- In    items from ARGV[3]: user, version, paused, interval, burst, depth (see _settings.lua), and the fencing token of the
--       attempt whose failure halts the queue, or 0
-- Out   'OK' | 'CLOSED' (not the server, or not the recovery, of begin_rebuild)
-- Does  replaces what is left of the user's control hash. A rate starts with a full bucket. May be repeated.
if not is_being_rebuilt() then return 'CLOSED' end
for i = 3, #ARGV, 7 do
  local user, halting = ARGV[i], ARGV[i + 6]
  local queue = queue_of(user)
  call('DEL', queue .. 'control')
  write_settings(queue, i + 1)
  if halting ~= '0' then halt(queue, halting) end
end
return 'OK'
