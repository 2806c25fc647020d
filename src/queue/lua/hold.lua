-- hold: gives requests their seq and a place in their user's queue, for HOLD ms, until they are confirmed.
-- In    ARGV[3] HOLD ms, [4] bytes of payloads that a user may have pending (more in proportion for a user with a larger depth);
--       items from ARGV[5]: user, id, name, data, opts, at, default_depth, above, old_seq, lane
--       at: the time it is scheduled for (ms since 1970, or `+` and ms from now), 0 for now. default_depth: pending requests
--       that a user without a limit of their own may have. above: the seq must be above this. old_seq: the seq of a request that
--       returns to its old place, or 0.
-- Out   { now, a reply for each item, the clock } | 'CLOSED'
--       a reply: { seq, position (-1 if it is scheduled, or was held before), the time it is scheduled for (ms, or 0) }
--       · 'FULL' (too many requests are pending) · 'HEAVY' (too many bytes with this payload)
--       · 'BUSY' (it has an old seq and is in the queue already, or its last attempt is not settled yet)
-- Does  a known id keeps its seq, so that the call may be repeated. Refused when Redis is out of memory.
if closed() then return 'CLOSED' end
local hold_ms, max_bytes = unpack(ARGV, 3, 4)
local out, held = {}, text(now + hold_ms)

-- The time (us) and the seq of a new request that is scheduled for `at` (ms). The seq is its time, so that it comes before all
-- that is accepted after that time. If the clock is past that time already, the seq is the next one. (P2)
local function schedule_new(delayed, at, above)
  raise_clock(now_us)
  local time = free_time(delayed, at * 1000)
  if time <= clock then raise_clock(above); return time, next_seq() end
  if above >= time then time = free_time(delayed, above + 1) end
  return time, time
end

-- One large payload is always accepted: else it would be refused permanently.
local function is_too_heavy(queue, bytes, share)
  local pending = bytes > SMALL and tonumber(call('GET', queue .. 'bytes') or 0) or 0
  return pending > 0 and pending + bytes > max_bytes * share
end

for i = 5, #ARGV, 10 do
  local user, id, name, data, opts, at, default_depth, above, old_seq, lane = unpack(ARGV, i, i + 9)
  at = string.sub(at, 1, 1) == '+' and now + at or tonumber(at)
  above = tonumber(above)
  local queue = queue_of(user)
  local job = call('HMGET', queue .. id, 'seq', 'held', 'timestamp', 'delay')
  local known = job[1]
  local waiting, running, plain = call('LLEN', queue .. 'wait'), call('LLEN', queue .. 'active'), is_plain(queue)
  local scheduled = plain and 0 or call('ZCARD', queue .. 'delayed')
  local own_depth = not plain and call('HGET', queue .. 'control', 'depth')
  local depth, bytes = tonumber(own_depth or default_depth), #data
  if known and old_seq ~= '0' and not job[2] then out[#out + 1] = 'BUSY'
  elseif known then out[#out + 1] = { known, '-1', job[4] == '0' and '0' or text(job[3] + job[4]) }
  elseif old_seq == '0' and waiting + scheduled + running >= depth then
    out[#out + 1] = 'FULL'
  elseif old_seq == '0' and is_too_heavy(queue, bytes, max(1, depth / default_depth)) then
    out[#out + 1] = 'HEAVY'
  else
    local is_later = at > now
    local seq, time = old_seq, nil
    if old_seq == '0' then
      if is_later then time, seq = schedule_new(queue .. 'delayed', at, above)
      else raise_clock(above); seq = next_seq() end
      seq = text(seq)
    end
    -- Behind a waiting or running request it does not change the head.
    local may_change_head = waiting == 0 or is_later or old_seq ~= '0'
    local lanes_before = may_change_head and waiting + scheduled > 0 and ready_lanes_of(queue)
    call('HSET', queue .. id, 'name', name, 'data', data, 'opts', opts, 'timestamp', NOW,
      'delay', is_later and text(at - now) or '0', 'seq', seq, 'held', held)
    add_bytes(queue, bytes)
    if old_seq ~= '0' then call('HSET', queue .. id, 'check', '1') end
    if lane ~= 'main' then call('HSET', queue .. id, 'lane', lane); add_lane(lane) end
    local earlier = plain and 0 or call('ZCOUNT', queue .. 'delayed', '-inf', '(' .. text(min(seq, (now + 1) * 1000)))
    if time then call('ZADD', queue .. 'delayed', text(time), id)
    elseif is_later then place_later(queue, id, seq, at)
    elseif old_seq ~= '0' then place(queue, id, tonumber(seq))
    else call('LPUSH', queue .. 'wait', id) end
    if may_change_head then update_ready(user, queue, lanes_before) end
    out[#out + 1] = { seq, text(is_later and -1 or running + waiting + earlier), is_later and text(at) or '0' }
  end
end
save_counters()
return { NOW, out, text(clock) }
