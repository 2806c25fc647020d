-- known: which requests have a job. Reads only.
-- In    items from ARGV[3]: user, id
-- Out   1 or 0 an item | 'CLOSED'
if closed() then return 'CLOSED' end
local out = {}
for i = 3, #ARGV, 2 do out[#out + 1] = call('EXISTS', queue_of(ARGV[i]) .. ARGV[i + 1]) end
return out
