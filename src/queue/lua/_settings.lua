-- Included by apply_settings, mend and restore_control.
-- Writes the settings of one user's queue, from their place in ARGV: version, paused (1 or 0), interval and burst of the rate
-- (us, 0 for none), depth ('' for the default).
-- A new rate counts at once. Starts that the old rate still counts stay counted, at most a full bucket, so that nobody waits
-- for an interval that is no longer set. (P5)
local function write_settings(queue, at)
  local version, paused, interval, burst, depth = unpack(ARGV, at, at + 4)
  local control = queue .. 'control'
  local was = control_of(queue)
  call('HDEL', control, 'paused', 'interval', 'burst', 'depth')
  call('HSET', control, 'version', version)
  if paused == '1' then
    call('HSET', control, 'paused', '1')
    call('SET', queue .. 'meta-paused', '1') -- for readers that use Bull's own API
  else call('DEL', queue .. 'meta-paused') end
  if tonumber(interval) > 0 then
    call('HSET', control, 'interval', interval, 'burst', burst)
    if was[INTERVAL] and was[TAT] then
      local counted = max(0, was[TAT] - now_us) / was[INTERVAL]
      call('HSET', control, 'tat', text(now_us + min(counted * interval, burst + interval)))
    else call('HDEL', control, 'tat') end
  else call('HDEL', control, 'tat') end
  if depth ~= '' then call('HSET', control, 'depth', depth) end
  expire_if_default(queue)
end
