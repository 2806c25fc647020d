-- Included by control and restore_control: the settings of one user's queue, from their place in ARGV: version,
-- paused (1 or 0), interval and burst of the rate (us, 0 for none), depth ('' for the default).
local function write_settings(queue, at)
  local control = queue .. 'control'
  call('HDEL', control, 'paused', 'interval', 'burst', 'depth')
  call('HSET', control, 'version', ARGV[at])
  if ARGV[at + 1] == '1' then
    call('HSET', control, 'paused', '1')
    call('SET', queue .. 'meta-paused', '1') -- for those who read by Bull's own API
  else call('DEL', queue .. 'meta-paused') end
  if ARGV[at + 2] ~= '0' then call('HSET', control, 'interval', ARGV[at + 2], 'burst', ARGV[at + 3])
  else call('HDEL', control, 'tat') end
  if ARGV[at + 4] ~= '' then call('HSET', control, 'depth', ARGV[at + 4]) end
  rest(queue)
end
