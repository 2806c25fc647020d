-- check_invariants: whether what must always hold does hold for some users. Reads only.
-- In    users from ARGV[3]
-- Out   { now, clock, what is broken: a sentence each } | 'CLOSED'
if closed() then return 'CLOSED' end
local broken = {}

-- What a user has pending, and where: ids by list, and each job's fields.
local function pending_of(queue)
  local wait, active = call('LRANGE', queue .. 'wait', 0, -1), call('LRANGE', queue .. 'active', 0, -1)
  local delayed, jobs = call('ZRANGE', queue .. 'delayed', 0, -1), {}
  for _, ids in ipairs({ wait, active, delayed }) do
    for _, id in ipairs(ids) do jobs[#jobs + 1] = id end
  end
  return wait, active, delayed, jobs
end

-- The ready sets that a user stands in, by lane.
local function standings_of(user)
  local found = {}
  for _, lane in ipairs(all_lanes()) do
    local score = call('ZSCORE', ready_of(lane), user)
    if score then found[#found + 1] = { lane, score } end
  end
  return found
end

local function inspect(user)
  local queue, seen, weight = queue_of(user), {}, 0
  local function claim(holds, what) if not holds then broken[#broken + 1] = user .. ': ' .. what end end
  local wait, active, delayed, ids = pending_of(queue)
  local leased, standings = call('ZSCORE', LEASES, user), standings_of(user)

  claim(#standings + (leased and 1 or 0) == (#ids > 0 and 1 or 0),
    'stands in ready or leases ' .. #standings + (leased and 1 or 0) .. ' times with ' .. #ids .. ' pending')
  claim(#active == (leased and 1 or 0), #active .. ' active')
  claim((call('HEXISTS', OWNERS, user) == 1) == (leased and true or false), 'owner and lease do not agree')

  for _, id in ipairs(ids) do
    claim(not seen[id], id .. ' is pending twice')
    seen[id] = true
    local bytes = call('HSTRLEN', queue .. id, 'data')
    if bytes > SMALL then weight = weight + bytes end
    local seq = call('HGET', queue .. id, 'seq')
    claim(seq, id .. ' has no job')
    claim(not call('HGET', queue .. id, 'processedOn') or not seq or tonumber(seq) <= clock,
      id .. ' was started with a seq above the clock')
  end
  local weighed = call('GET', queue .. 'bytes')
  claim(weighed == (weight > 0 and text(weight) or false), 'weighs ' .. weight .. ', not ' .. tostring(weighed))
  for _, id in ipairs(delayed) do
    claim(tonumber(call('ZSCORE', queue .. 'delayed', id)) <= tonumber(call('HGET', queue .. id, 'seq') or -1),
      id .. ' is due after its seq')
  end
  local last = 0
  for i = #wait, 1, -1 do -- from the head to the tail; one that was started stays at the head
    local job = job_of(queue, wait[i])
    if not (i == #wait and started(job)) then
      claim(tonumber(job[SEQ] or 0) > last, wait[i] .. ' is out of order')
      last = tonumber(job[SEQ] or 0)
    end
  end

  if leased or #standings == 0 then return end
  local _, job, due = head(queue)
  local lane, score = standings[1][1], standings[1][2]
  claim(lane == (job[LANE] or 'main'), 'stands in lane ' .. lane)
  local at = eligible(job, due, control_of(queue))
  if not at then claim(score == 'inf', 'may not start, but is ready at ' .. score)
  elseif at > now then claim(tonumber(score) == at, 'is ready at ' .. score .. ', not at ' .. text(at))
  else claim(tonumber(score) <= now, 'may start, but is ready at ' .. score) end
end

for i = 3, #ARGV do inspect(ARGV[i]) end
return { text(now), text(clock), broken }
