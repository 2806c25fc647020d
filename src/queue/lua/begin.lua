-- begin: opens the rebuilding of a shard on this very server, and wipes what is left of it; repeated until 0.
-- In    ARGV[3] how many keys to remove at most
-- Out   how many users are left | 'CLOSED' (a newer recovery has begun here)
-- Does  no epoch: every gated script answers CLOSED from now on, also to the recovery that began before.

-- A recovery that froze comes back when another is at work: what that has restored is not to be wiped. (P5) An epoch that
-- is open is no such sign: another MongoDB may have opened it, and then this shard must be rebuilt. (P3)
local begun, there = string.match(call('HGET', SHARD, 'recovering') or '', '^(%d+) (.+)$')
if begun and there == history() and tonumber(begun) > tonumber(EPOCH) then return 'CLOSED' end

call('HDEL', SHARD, 'epoch')
call('HSET', SHARD, 'recovering', EPOCH .. ' ' .. history())
local budget = tonumber(ARGV[3])

-- Removes up to the budget of a user's jobs; true when nothing of the user is left.
local function wipe(queue)
  for _, name in ipairs({ 'wait', 'active' }) do
    local ids = call('LRANGE', queue .. name, 0, budget - 1)
    for _, id in ipairs(ids) do call('DEL', queue .. id) end
    if #ids > 0 then call('LTRIM', queue .. name, #ids, -1) end
    budget = budget - #ids
    if budget <= 0 then return false end
  end
  local ids = call('ZRANGE', queue .. 'delayed', 0, budget - 1)
  for _, id in ipairs(ids) do call('DEL', queue .. id); call('ZREM', queue .. 'delayed', id) end
  budget = budget - #ids - 1
  if budget <= 0 then return false end
  call('DEL', queue .. 'control', queue .. 'meta-paused')
  return true
end

local lanes, sets = all_lanes(), { LEASES }
for _, lane in ipairs(lanes) do sets[#sets + 1] = ready_of(lane) end
local left = 0
for _, users in ipairs(sets) do
  while budget > 0 do
    local user = call('ZRANGE', users, 0, 0)[1]
    if not user then break end
    if wipe(queue_of(user)) then call('ZREM', users, user) end
  end
  left = left + call('ZCARD', users)
end
if left > 0 then return left end
call('DEL', OWNERS, LISTENERS)
for _, lane in ipairs(lanes) do call('DEL', sleepers_of(lane)) end
local recovering = call('HGET', SHARD, 'recovering')
call('DEL', SHARD)
call('HSET', SHARD, 'recovering', recovering)
return 0
