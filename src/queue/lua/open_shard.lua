-- open_shard: ends a rebuild; from now on the shard serves this epoch on this server history.
-- In    ARGV[3] the least value of the clock (us)
-- Out   'OK' | 'CLOSED' (not the server, or not the recovery, of begin_rebuild)
-- Does  starts the tokens above those of all earlier epochs, at epoch * 2^32. (P1)
if not is_being_rebuilt() then return 'CLOSED' end
call('HSET', SHARD, 'epoch', EPOCH, 'replid', history(), 'clock', text(max(now_us, clock, tonumber(ARGV[3]))),
  'token', text(string.match(EPOCH, '^%d+') * 4294967296), 'longest', '0')
call('HDEL', SHARD, 'recovering')
return 'OK'
