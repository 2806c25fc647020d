-- listen: keeps a mark on a user to whom somebody listens, and reads the events after one that is known.
-- In    ARGV[3] user, [4] how long the mark stands, ms, [5] id of the last event known, or '' to begin with the next one
-- Out   { 1, id of the last event there is, events after the known one: { id, fields } each }
--       | { 0, id of the last event there is, {} }: events may have been missed: too old, or no mark stood | 'CLOSED'
-- Does  may be repeated. Where no mark stood, the stream begins anew with an entry of its own: whoever knows an older one
--       has missed something, and there is always one to know.
if closed() then return 'CLOSED' end
local user, after = ARGV[3], ARGV[5]
local stream = queue_of(user) .. 'events'
local stood = tonumber(call('ZSCORE', LISTENERS, user) or 0) > now
local mark = now + ARGV[4]
if not stood then call('DEL', stream); call('XADD', stream, '*', 'type', 'mark') end
call('ZREMRANGEBYSCORE', LISTENERS, '-inf', NOW)
call('ZADD', LISTENERS, text(mark), user)
if tonumber(shard[5] or 0) < mark then call('HSET', SHARD, 'listen', text(mark)) end
call('PEXPIREAT', stream, text(mark))
local last = call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1][1]
if after == '' then return { 1, last, {} } end
-- Whoever knows an entry that is still there has missed none.
if #call('XRANGE', stream, after, after, 'COUNT', 1) == 0 then return { 0, last, {} } end
return { 1, last, call('XRANGE', stream, '(' .. after, '+') }
