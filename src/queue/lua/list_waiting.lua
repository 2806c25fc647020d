-- list_waiting: a page of a user's pending requests besides the running one. Reads only.
-- In    ARGV[3] user, [4] list: delayed (scheduled requests, by time) or wait (the others, the next one first), [5] where to start: 0,
--       or as told, [6] how many at most
-- Out   { where to continue, or '' at the end; then of each: id, seq, 1 if its hold has ended, else 0 } | 'CLOSED'
--       Of an intact queue it misses none because others leave or come between two pages.
if closed() then return 'CLOSED' end
local queue, list, after, most = queue_of(ARGV[3]), ARGV[4], ARGV[5], tonumber(ARGV[6])
local ids, continue = {}, ''
if list == 'delayed' then
  local found = call('ZRANGEBYSCORE', queue .. 'delayed', '(' .. after, '+inf', 'WITHSCORES', 'LIMIT', 0, most)
  for i = 1, #found, 2 do ids[#ids + 1] = found[i] end
  if #ids == most then continue = found[#found] end
else
  local first = after == '0' and 0 or ahead_of(queue, after + 1)
  local found = call('LRANGE', queue .. 'wait', -first - most, -first - 1)
  for i = #found, 1, -1 do ids[#ids + 1] = found[i] end
end

local out = { '' }
for _, id in ipairs(ids) do
  local seq, held, timestamp = unpack(call('HMGET', queue .. id, 'seq', 'held', 'timestamp'))
  local n = #out
  out[n + 1], out[n + 2], out[n + 3] = id, seq or '0', has_expired(held, timestamp) and '1' or '0'
  if list == 'wait' and #ids == most and seq then continue = seq end
end
if continue ~= '' and tonumber(continue) > tonumber(after) then out[1] = continue end -- else the queue is broken
return out
