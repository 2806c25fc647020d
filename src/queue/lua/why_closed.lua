-- why_closed: why the shard is closed for this epoch. Reads only. It also runs on a closed shard.
-- Out   'lost' (the shard has no epoch: Redis was emptied) | 'begun' (a rebuild began and has not ended)
--       'raised' (it was opened for another epoch) | 'history' (it was opened on another history of the server)
--       'damaged' (it has lost its clock, its last token or its longest lease) | 'open'
if not closed() then return 'open' end
if shard[1] == EPOCH then return shard[2] == history() and 'damaged' or 'history' end
if shard[1] then return 'raised' end
return call('HEXISTS', SHARD, 'recovering') == 1 and 'begun' or 'lost'
