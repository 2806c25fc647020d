-- hold: gives requests their seq and a place in their user's queue, for HOLD ms, until they are confirmed.
-- In    ARGV[3] HOLD ms; items from ARGV[4]: user, id, name, data, opts, at, depth, above, given, lane
--       at: ms since 1970 it is scheduled for, 0 for now. depth: pending requests a user may have who has
--       no limit of their own.
--       above: the seq must be above this. given: a seq it has already (it is put back in its place), or 0.
-- Out   an item each: { seq, position } with position -1 while it is scheduled, or was held before · 'FULL' | 'CLOSED'
--       'BUSY': a given one is in line already, or its last attempt is not settled yet
-- Does  a known id keeps its seq, so that the call may be repeated. Refused when Redis is out of memory.
if closed() then return 'CLOSED' end
local out, held = {}, text(now + ARGV[3])

-- seq of a request scheduled for `at`: the highest of its ms + 1, so that equal due times keep their order.
local function scheduled_seq(delayed, at, above)
  local from = max(at * 1000, above + 1, clock + 1)
  while true do
    local last = call('ZREVRANGEBYSCORE', delayed, text(floor(from / 1000) * 1000 + 999), text(from), 'LIMIT', 0, 1,
      'WITHSCORES')[2]
    if not last then return from end
    from = tonumber(last) + 1
    if from % 1000 ~= 0 then return from end
  end
end

for i = 4, #ARGV, 10 do
  local user, id, at, above, given = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 5]), tonumber(ARGV[i + 7]), ARGV[i + 8]
  local queue = queue_of(user)
  local job = call('HMGET', queue .. id, 'seq', 'held')
  local known = job[1]
  local waiting, running, plain = call('LLEN', queue .. 'wait'), call('LLEN', queue .. 'active'), is_plain(queue)
  local scheduled = plain and 0 or call('ZCARD', queue .. 'delayed')
  local own_depth = not plain and call('HGET', queue .. 'control', 'depth')
  if known and given ~= '0' and not job[2] then out[#out + 1] = 'BUSY'
  elseif known then out[#out + 1] = { known, '-1' }
  elseif given == '0' and waiting + scheduled + running >= tonumber(own_depth or ARGV[i + 6]) then
    out[#out + 1] = 'FULL'
  else
    local later = at > now
    local seq = given
    if given == '0' then
      if later then raise_clock(now_us); seq = text(scheduled_seq(queue .. 'delayed', at, above))
      else raise_clock(above); seq = text(tick()) end
    end
    -- Behind a request that waits or runs nothing changes for the user; else the head may be a new one.
    local is_news = waiting == 0 or later or given ~= '0'
    local stood = is_news and waiting + scheduled > 0 and standing_of(queue)
    call('HSET', queue .. id, 'name', ARGV[i + 2], 'data', ARGV[i + 3], 'opts', ARGV[i + 4], 'timestamp', NOW,
      'delay', later and text(at - now) or '0', 'seq', seq, 'held', held)
    if given ~= '0' then call('HSET', queue .. id, 'check', '1') end
    if ARGV[i + 9] ~= 'main' then call('HSET', queue .. id, 'lane', ARGV[i + 9]); know_lane(ARGV[i + 9]) end
    local earlier = plain and 0 or call('ZCOUNT', queue .. 'delayed', '-inf', '(' .. seq)
    if later then call('ZADD', queue .. 'delayed', seq, id)
    elseif given ~= '0' then place(queue, id, tonumber(seq))
    else call('LPUSH', queue .. 'wait', id) end
    if is_news then schedule(user, queue, stood) end
    out[#out + 1] = { seq, text(later and -1 or running + waiting + earlier) }
  end
end
save()
return { NOW, out }
