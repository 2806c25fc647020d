-- Included by hold, settle, restore and mend.
-- Inserts a job into the user's `wait` by its seq, behind one that has started. Nearly all go to the tail; most of the others
-- go near the head, which LINSERT would find last. (P5)
local NEAR_HEAD = 250
local function place(queue, id, seq)
  local wait = queue .. 'wait'
  local newest = call('LINDEX', wait, 0)
  local ahead = newest and tonumber(order_fields_of(queue, newest)[SEQ] or 0) > seq and ahead_of(queue, seq)
  local newer = ahead and call('LINDEX', wait, -1 - ahead)
  if not newer then call('LPUSH', wait, id)
  elseif ahead <= NEAR_HEAD then
    local older = ahead > 0 and call('LRANGE', wait, -ahead, -1) or {}
    if ahead > 0 then call('LTRIM', wait, 0, -1 - ahead) end
    call('RPUSH', wait, id, unpack(older))
  else call('LINSERT', wait, 'AFTER', newer, id) end
end

-- The first free time (us) in `delayed` from `from` on: requests scheduled for the same ms keep the order in which they came.
local function free_time(delayed, from)
  while true do
    local last = call('ZREVRANGEBYSCORE', delayed, text(floor(from / 1000) * 1000 + 999), text(from), 'LIMIT', 0, 1,
      'WITHSCORES')[2]
    if not last then return from end
    from = tonumber(last) + 1
    if from % 1000 ~= 0 then return from end
  end
end

-- Puts a scheduled request, which has its seq already, back into `delayed` for `at` (ms). If its seq is its time, it gets
-- the same time again. (P2)
local function place_later(queue, id, seq, at)
  local delayed = queue .. 'delayed'
  local is_its_time = floor(tonumber(seq) / 1000) == at
  call('ZADD', delayed, is_its_time and seq or text(free_time(delayed, at * 1000)), id)
end
