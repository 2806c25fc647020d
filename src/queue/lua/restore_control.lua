-- restore_control: puts the settings and halts of users back while the shard is being rebuilt, before their requests.
-- In    items from ARGV[3]: user, version, paused, interval, burst, depth (see _settings.lua), and the fencing token of the
--       attempt whose failure halts the queue, or 0
-- Out   'OK' | 'CLOSED' (not the server, or not the recovery, of begin_rebuild)
-- Does  replaces what is left of the user's control hash. A rate starts with a full bucket. May be repeated.
if call('HGET', SHARD, 'recovering') ~= EPOCH .. ' ' .. history() then return 'CLOSED' end
for i = 3, #ARGV, 7 do
  local queue = queue_of(ARGV[i])
  call('DEL', queue .. 'control')
  write_settings(queue, i + 1)
  if ARGV[i + 6] ~= '0' then halt(queue, ARGV[i + 6]) end
end
return 'OK'
