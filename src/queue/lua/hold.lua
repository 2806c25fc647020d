-- hold: gives requests their seq and a place in their user's queue, for HOLD ms, until they are confirmed.
-- In    ARGV[3] HOLD ms, [4] bytes of payloads that a user may have pending, in proportion more who may have more requests than
--       others; items from ARGV[5]: user, id, name, data, opts, at, depth, above, given, lane
--       at: ms since 1970 it is scheduled for, or so many from now with a '+' before; 0 for now. depth: pending requests a user may have who has
--       no limit of their own.
--       above: the seq must be above this. given: a seq it has already (it is put back in its place), or 0.
-- Out   { now, an item each, the clock } | 'CLOSED'
--       an item: { seq, position, at } with position -1 while it is scheduled, or was held before, and at the ms that it
--       is scheduled for, or 0 · 'FULL' · 'HEAVY': its payload is too much, beside what is pending · 'BUSY': a given one is in line already, or its last attempt is not settled yet
-- Does  a known id keeps its seq, so that the call may be repeated. Refused when Redis is out of memory.
if closed() then return 'CLOSED' end
local out, held = {}, text(now + ARGV[3])

-- The time and the seq of a new request that is scheduled for `at`: the seq is its time, so that it goes before all that is
-- accepted later than that. Where the clock is past that time already, it goes by the order of acceptance. (P2)
local function schedule_new(delayed, at, above)
  raise_clock(now_us)
  local time = free_time(delayed, at * 1000)
  if time <= clock then raise_clock(above); return time, tick() end
  if above >= time then time = free_time(delayed, above + 1) end
  return time, time
end

-- One large payload is always taken, so that nobody is refused for good.
local function is_too_much(queue, bytes, share)
  local pending = bytes > SMALL and tonumber(call('GET', queue .. 'bytes') or 0) or 0
  return pending > 0 and pending + bytes > ARGV[4] * share
end

for i = 5, #ARGV, 10 do
  local user, id, at, above, given = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 5]), tonumber(ARGV[i + 7]), ARGV[i + 8]
  if string.sub(ARGV[i + 5], 1, 1) == '+' then at = now + at end
  local queue = queue_of(user)
  local job = call('HMGET', queue .. id, 'seq', 'held', 'timestamp', 'delay')
  local known = job[1]
  local waiting, running, plain = call('LLEN', queue .. 'wait'), call('LLEN', queue .. 'active'), is_plain(queue)
  local scheduled = plain and 0 or call('ZCARD', queue .. 'delayed')
  local own_depth = not plain and call('HGET', queue .. 'control', 'depth')
  local depth, bytes = tonumber(own_depth or ARGV[i + 6]), #ARGV[i + 3]
  if known and given ~= '0' and not job[2] then out[#out + 1] = 'BUSY'
  elseif known then out[#out + 1] = { known, '-1', job[4] == '0' and '0' or text(job[3] + job[4]) }
  elseif given == '0' and waiting + scheduled + running >= depth then
    out[#out + 1] = 'FULL'
  elseif given == '0' and is_too_much(queue, bytes, max(1, depth / ARGV[i + 6])) then
    out[#out + 1] = 'HEAVY'
  else
    local later = at > now
    local seq, time = given, nil
    if given == '0' then
      if later then time, seq = schedule_new(queue .. 'delayed', at, above)
      else raise_clock(above); seq = tick() end
      seq = text(seq)
    end
    -- Behind a request that waits or runs nothing changes for the user; else the head may be a new one.
    local is_news = waiting == 0 or later or given ~= '0'
    local stood = is_news and waiting + scheduled > 0 and standing_of(queue)
    call('HSET', queue .. id, 'name', ARGV[i + 2], 'data', ARGV[i + 3], 'opts', ARGV[i + 4], 'timestamp', NOW,
      'delay', later and text(at - now) or '0', 'seq', seq, 'held', held)
    weigh(queue, bytes)
    if given ~= '0' then call('HSET', queue .. id, 'check', '1') end
    if ARGV[i + 9] ~= 'main' then call('HSET', queue .. id, 'lane', ARGV[i + 9]); know_lane(ARGV[i + 9]) end
    local earlier = plain and 0 or call('ZCOUNT', queue .. 'delayed', '-inf', '(' .. text(min(seq, (now + 1) * 1000)))
    if time then call('ZADD', queue .. 'delayed', text(time), id)
    elseif later then place_later(queue, id, seq, at)
    elseif given ~= '0' then place(queue, id, tonumber(seq))
    else call('LPUSH', queue .. 'wait', id) end
    if is_news then schedule(user, queue, stood) end
    out[#out + 1] = { seq, text(later and -1 or running + waiting + earlier), later and text(at) or '0' }
  end
end
save()
return { NOW, out, text(clock) }
