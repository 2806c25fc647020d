-- sweep: removes keys of a shard that no process serves any longer, after `begin_rebuild`; the shard's own key comes last.
-- In    keys from ARGV[3], all with the shard's tag
-- Out   'OK' | 'CLOSED' (not the server, or not the command, of begin_rebuild)
-- Does  nothing if the shard was opened, or its rebuild began, under a newer epoch. May be repeated.
if not is_being_rebuilt() then return 'CLOSED' end
for i = 3, #ARGV do call('UNLINK', ARGV[i]) end
return 'OK'
