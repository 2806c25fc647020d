-- sweep: removes keys of a shard that nobody serves any more, after `begin`; its own key last.
-- In    keys from ARGV[3], all of the shard's tag
-- Out   'OK' | 'CLOSED' (this is not the server, or not the command, that began)
-- Does  nothing to a shard that was opened, or begun, under a newer epoch. May be repeated.
if call('HGET', SHARD, 'recovering') ~= EPOCH .. ' ' .. history() then return 'CLOSED' end
for i = 3, #ARGV do call('UNLINK', ARGV[i]) end
return 'OK'
