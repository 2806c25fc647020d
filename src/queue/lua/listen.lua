-- listen: keeps a mark on a user to whom somebody listens, and reads the events after one that is known.
-- In    ARGV[3] user, [4] how long the mark stands, ms, [5] id of the last event known, or '' to begin with the next one
-- Out   { 1, id of the last event there is, events after the known one: { id, fields } each }
--       | { 0, id of the last event there is, {} }: events may have been missed: too old, or no mark stood | 'CLOSED'
-- Does  may be repeated.
if closed() then return 'CLOSED' end
local user, after = ARGV[3], ARGV[5]
local stream = queue_of(user) .. 'events'
local stood = tonumber(call('ZSCORE', LISTENERS, user) or 0) > now
local mark = now + ARGV[4]
call('ZREMRANGEBYSCORE', LISTENERS, '-inf', NOW)
call('ZADD', LISTENERS, text(mark), user)
if tonumber(shard[6] or 0) < mark then call('HSET', SHARD, 'listen', text(mark)) end
call('PEXPIREAT', stream, text(mark))
local newest = call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
local last = newest and newest[1] or '0-0'
if after == '' then return { 1, last, {} } end
-- Whoever knows an event that is still there has missed none; nor has who knows of none, if nothing was cut off.
local is_there = #call('XRANGE', stream, after, after, 'COUNT', 1) > 0
  or (after == '0-0' and call('XLEN', stream) < 1000)
if not stood or not is_there then return { 0, last, {} } end
return { 1, last, call('XRANGE', stream, '(' .. after, '+') }
