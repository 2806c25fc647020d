-- check_invariants: which invariants do not hold for some users. Reads only.
-- In    users from ARGV[3]
-- Out   { now, clock, a sentence for each broken invariant } | 'CLOSED'
if closed() then return 'CLOSED' end
local broken = {}

-- The ids that a user has pending: in `wait`, in `active`, in `delayed`, and all.
local function pending_of(queue)
  local wait, active = call('LRANGE', queue .. 'wait', 0, -1), call('LRANGE', queue .. 'active', 0, -1)
  local delayed, all = call('ZRANGE', queue .. 'delayed', 0, -1), {}
  for _, ids in ipairs({ wait, active, delayed }) do
    for _, id in ipairs(ids) do all[#all + 1] = id end
  end
  return wait, active, delayed, all
end

-- The ready sets that a user is in: lane and score.
local function ready_sets_of(user)
  local found = {}
  for _, lane in ipairs(all_lanes()) do
    local score = call('ZSCORE', ready_of(lane), user)
    if score then found[#found + 1] = { lane, score } end
  end
  return found
end

local function check(user)
  local queue, seen, bytes_pending = queue_of(user), {}, 0
  local function expect(holds, what) if not holds then broken[#broken + 1] = user .. ': ' .. what end end
  local wait, active, delayed, ids = pending_of(queue)
  local leased, ready_sets = call('ZSCORE', LEASES, user), ready_sets_of(user)

  expect(#ready_sets + (leased and 1 or 0) == (#ids > 0 and 1 or 0),
    'is in ready or leases ' .. #ready_sets + (leased and 1 or 0) .. ' times with ' .. #ids .. ' pending')
  expect(#active == (leased and 1 or 0), #active .. ' active')
  expect((call('HEXISTS', OWNERS, user) == 1) == (leased and true or false), 'owner and lease do not agree')

  for _, id in ipairs(ids) do
    expect(not seen[id], id .. ' is pending twice')
    seen[id] = true
    local bytes = call('HSTRLEN', queue .. id, 'data')
    if bytes > SMALL then bytes_pending = bytes_pending + bytes end
    local seq = call('HGET', queue .. id, 'seq')
    expect(seq, id .. ' has no job')
    expect(not call('HGET', queue .. id, 'processedOn') or not seq or tonumber(seq) <= clock,
      id .. ' was started with a seq above the clock')
  end
  local counted = call('GET', queue .. 'bytes')
  expect(counted == (bytes_pending > 0 and text(bytes_pending) or false),
    'has ' .. bytes_pending .. ' bytes pending, counted are ' .. tostring(counted))
  for _, id in ipairs(delayed) do
    expect(tonumber(call('ZSCORE', queue .. 'delayed', id)) <= tonumber(call('HGET', queue .. id, 'seq') or -1),
      id .. ' is due after its seq')
  end
  local last = 0
  for i = #wait, 1, -1 do -- from the head to the tail; one that was started stays at the head
    local job = job_of(queue, wait[i])
    if not (i == #wait and started(job)) then
      expect(tonumber(job[SEQ] or 0) > last, wait[i] .. ' is out of order')
      last = tonumber(job[SEQ] or 0)
    end
  end

  if leased or #ready_sets == 0 then return end
  local _, job, due = head(queue)
  local lane, score = ready_sets[1][1], ready_sets[1][2]
  expect(lane == lane_of(job), 'is in lane ' .. lane)
  local at = eligible(job, due, control_of(queue))
  if not at then expect(score == 'inf', 'may not start, but is ready at ' .. score)
  elseif at > now then expect(tonumber(score) == at, 'is ready at ' .. score .. ', not at ' .. text(at))
  else expect(tonumber(score) <= now, 'may start, but is ready at ' .. score) end
end

for i = 3, #ARGV do check(ARGV[i]) end
return { text(now), text(clock), broken }
