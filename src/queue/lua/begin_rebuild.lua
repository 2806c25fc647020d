-- begin_rebuild: starts to rebuild a shard on this server, and removes what is left of it; repeated until it returns 0.
-- In    ARGV[3] how many keys to remove at most
-- Out   how many users are left | 'CLOSED' (this installation has opened, or is rebuilding, a newer epoch on this server)
--       'FOREIGN <installation>' (the shard belongs to another installation)
-- Does  removes the epoch: every script behind the gate answers CLOSED from now on, also to a rebuild that began before.
local here = history()
local epoch, installation = string.match(EPOCH, '^(%d+) (%S+)$')

-- A Redis serves one installation: two would wipe each other's users as leftovers. (P3) A shard without an installation was
-- flushed, or was written by 0.1.0.
local open, owner = string.match(shard[1] or '', '^(%d+) (%S+)$')
local begun, beginner, there = string.match(call('HGET', SHARD, 'recovering') or '', '^(%d+) (%S+) (%x+)$')
local other = owner or beginner
if other and other ~= installation then return 'FOREIGN ' .. other end

-- A recovery that was frozen must not wipe what a newer one has restored. (P5)
local function is_newer(than, history_of) return than and history_of == here and tonumber(than) > tonumber(epoch) end
if is_newer(open, shard[2]) or is_newer(begun, there) then return 'CLOSED' end

call('HDEL', SHARD, 'epoch')
call('HSET', SHARD, 'recovering', EPOCH .. ' ' .. here)
local budget = tonumber(ARGV[3])

-- Removes a user's jobs, up to the budget. Returns true when nothing of the user is left.
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
  call('DEL', queue .. 'control', queue .. 'meta-paused', queue .. 'bytes')
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
call('DEL', OWNERS, LISTENERS, LANES)
for _, lane in ipairs(lanes) do call('DEL', sleepers_of(lane)) end
local recovering = call('HGET', SHARD, 'recovering')
call('DEL', SHARD)
call('HSET', SHARD, 'recovering', recovering)
return 0
