-- listen: marks a user as listened to, and returns the events after one that is known.
-- In    ARGV[3] user, [4] how long the mark lasts, ms, [5] id of the last known event, or '' to start with the next one
-- Out   { 1, id of the last event, the events after the known one: { id, fields } each }
--       | { 0, id of the last event, {} } (events may have been missed: the known one is too old, or no mark was there)
--       | 'CLOSED'
-- Does  if no mark was there, the stream starts again with an entry of its own: a listener that knows an older entry has missed
--       something, and the stream is never empty. May be repeated.
if closed() then return 'CLOSED' end
local user, after = ARGV[3], ARGV[5]
local stream = queue_of(user) .. 'events'
local was_marked = tonumber(call('ZSCORE', LISTENERS, user) or 0) > now
local mark = now + ARGV[4]
if not was_marked then call('DEL', stream); call('XADD', stream, '*', 'type', 'mark') end
call('ZREMRANGEBYSCORE', LISTENERS, '-inf', NOW)
call('ZADD', LISTENERS, text(mark), user)
if tonumber(shard[5] or 0) < mark then call('HSET', SHARD, 'listen', text(mark)) end
call('PEXPIREAT', stream, text(mark))
local last = call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1][1]
if after == '' then return { 1, last, {} } end
-- A listener whose last event is still there has missed none.
if #call('XRANGE', stream, after, after, 'COUNT', 1) == 0 then return { 0, last, {} } end
return { 1, last, call('XRANGE', stream, '(' .. after, '+') }
