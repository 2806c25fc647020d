-- list_waiting: ids of a user's waiting requests, the next one first, then of the scheduled ones. Reads only.
-- In    ARGV[3] user, [4] how many to skip, [5] how many to return at most
-- Out   ids; none if all were skipped | 'CLOSED'
if closed() then return 'CLOSED' end
local queue, from, most = queue_of(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local waiting = call('LLEN', queue .. 'wait')
if from >= waiting then return call('ZRANGE', queue .. 'delayed', from - waiting, from - waiting + most - 1) end
local ids = call('LRANGE', queue .. 'wait', -from - most, -from - 1)
local out = {}
for i = #ids, 1, -1 do out[#out + 1] = ids[i] end
return out
