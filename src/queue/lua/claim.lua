-- claim: gives a worker up to n users whose head may start, each with the head leased, those first who have waited
-- longest. (P1, P5)
-- In    ARGV[3] worker, [4] n, [5] LEASE ms, [6] cutoff: what the server's clock should read at most, [7] its lanes,
--       [8] of external workers: grace ms (see _lease_head.lua), [9] how long, ms, a user must have waited to be given: somebody
--       has waited for so long on another shard, [10] the steps back of the server's clock that the cutoff knows of
-- Out   { now, since when or from when the next user of its lanes waits, ms, or '', the longest lease given since the
--       shard was opened ms, sleepers, jobs (see _lease_head.lua), steps back of the server's clock } | 'CLOSED'
-- Does  shortens leases that only a step back of the server's clock has made that long. Then takes back at most 64 leases that ended before min(now, cutoff): the job returns to the head and is
--       to be looked up before it runs again: '2', or '3' if an external worker ran it and the lease went to its time
--       limit. If it is not of the worker's lanes, or its user may not start, the worker is given it anyway, with '4' for
--       '2' and '5' for '3': to be judged, not to be run; with no room for it, the lease is left alone.
--       If nobody of its lanes is due after that, the worker goes to sleep in the same call, so that no wake-up is lost.
--       Else it sleeps no more, and wakes the next sleeper: there is work for more than it has taken. One that asks for 0
--       never goes to sleep. A lost reply costs one lease.
--       Who is due is always told; the next due time to one sleeper: the others do not all come at once then.
if closed() then return 'CLOSED' end
local worker, n = ARGV[3], tonumber(ARGV[4])
local mine, served = lanes_of(ARGV[7])
local taker = { worker = worker, deadline = lease_end(ARGV[5]), served = served, grace = tonumber(ARGV[8]) }
local judge = { worker = worker, deadline = taker.deadline, judges = true }
local jobs, given = {}, 0
-- A lease that was given while the clock stood back seems to have ended long ago: who did not see the step takes none back.
local saw_steps = (ARGV[10] or '') == '' or ARGV[10] == text(steps) -- 0.1.0 does not say
local ended = saw_steps and min(now, tonumber(ARGV[6])) or 0

-- A server's clock that was set back would make the leases of dead workers last so much longer. A living holder counts by
-- its own clock, and none has been promised more than the longest lease. (P1, P5)
local latest_end = text(now + longest)
for _, user in ipairs(call('ZRANGEBYSCORE', LEASES, '(' .. latest_end, '+inf', 'LIMIT', 0, 64)) do
  call('ZADD', LEASES, latest_end, user)
end

for _, user in ipairs(call('ZRANGEBYSCORE', LEASES, '-inf', text(ended), 'LIMIT', 0, 64)) do
  local queue = queue_of(user)
  local id = call('LINDEX', queue .. 'active', 0)
  local job = id and job_of(queue, id)
  local at = job and eligible(job, 0, control_of(queue))
  -- Else it would not be looked up soon: what has become of the attempt must be told all the same.
  local is_to_run = at and at <= now and served[job[LANE] or 'main']
  -- Where the id was lost the lease stays until it is found, or a later request would overtake it. (P2; mend.lua)
  if id and (is_to_run or given < n) then
    call('DEL', queue .. 'active')
    call('RPUSH', queue .. 'wait', id)
    local token = string.match(call('HGET', OWNERS, user) or '', '^%d+')
    local is_timed_out = call('HGET', queue .. id, 'limit') == token
    if job[SEQ] then call('HSET', queue .. id, 'check', is_timed_out and '3' or '2') end
    call('ZREM', LEASES, user)
    call('HDEL', OWNERS, user)
    if is_to_run then schedule(user, queue)
    elseif give(user, queue, judge, jobs) then given = given + 1
    else wake(schedule(user, queue)) end
  end
end

-- A server's clock that was set back must not hold those up who were put where they stand before: all who stand later than
-- now are put where they belong, some with each claim: those about the latest time it has shown, and any. (P5)
-- Where many are accepted, the clock is a little ahead by itself.
local AT_ONCE = 16
local latest = floor(clock / 1000)
local function catch_up(ready)
  local function rank_after(score) return call('ZCOUNT', ready, '-inf', score) end
  local first, stopped = rank_after(NOW), rank_after('(+inf')
  if first == stopped then return end
  local near = max(first, rank_after(text(latest)) - AT_ONCE / 2)
  local somewhere = first + floor((stopped - first) * (now_us % 1000) / 1000)
  for _, from in ipairs({ near, somewhere }) do
    local users = from < stopped and call('ZRANGE', ready, from, min(from + AT_ONCE, stopped) - 1) or {}
    for _, user in ipairs(users) do schedule(user, queue_of(user)) end
  end
end

-- Up to `most` users of the worker's lanes who are due, those who have waited longest first.
local function due_users(most)
  local users = {}
  for _, lane in ipairs(mine) do
    local found = call('ZRANGEBYSCORE', ready_of(lane), '-inf', NOW, 'WITHSCORES', 'LIMIT', 0, most)
    for i = 1, #found, 2 do users[#users + 1] = { name = found[i], since = tonumber(found[i + 1]), lane = lane } end
  end
  if #mine > 1 then table.sort(users, function(a, b) return a.since < b.since end) end
  return users
end

if given < n then
  if latest > now + SET_BACK then
    for _, lane in ipairs(mine) do catch_up(ready_of(lane)) end
  end
  local patience = tonumber(ARGV[9] or '') or 0
  for _, user in ipairs(due_users(n - given)) do
    if given == n or now - user.since < patience then break end
    local queue = queue_of(user.name)
    call('ZREM', ready_of(user.lane), user.name)
    -- Who is leased stands in no ready set, and is never given, even if one is damaged. (P1)
    if not call('ZSCORE', LEASES, user.name) and give(user.name, queue, taker, jobs) then given = given + 1
    else wake(schedule(user.name, queue)) end
  end
end
save()

local firsts, first = {}, math.huge
for i, lane in ipairs(mine) do
  firsts[i] = tonumber(call('ZRANGE', ready_of(lane), 0, 0, 'WITHSCORES')[2] or 'inf')
  first = min(first, firsts[i])
end

-- The living come again in half of that time at most; the names of the dead would keep wake-ups from them. (P5)
local LONGEST_SLEEP_US = 75 * 1000000
local sleeps, sleepers = n > 0 and first > now, 0
for i, lane in ipairs(mine) do
  local asleep = sleepers_of(lane)
  if sleeps then
    call('ZREMRANGEBYSCORE', asleep, '-inf', text(now_us - LONGEST_SLEEP_US))
    call('ZADD', asleep, text(now_us), worker)
  else
    call('ZREM', asleep, worker)
    if firsts[i] <= now then wake(lane) end
  end
  sleepers = max(sleepers, call('ZCARD', asleep))
end

-- Whether it is for this worker to come at the next due time: somebody else may have been told of it, or of an
-- earlier one. Who was told and does not come is passed over once that time is past.
local function is_to_come()
  local alarm = 'alarm ' .. ARGV[7]
  local at, told = string.match(call('HGET', SHARD, alarm) or '', '^(%d+) (.+)$')
  at = tonumber(at)
  if at and told ~= worker and at >= now and at <= first then return false end
  if at ~= first or told ~= worker then call('HSET', SHARD, alarm, text(first) .. ' ' .. worker) end
  return true
end
-- One that took all that it has asked for may be full by then, and is told without being counted on.
local is_told = first < math.huge and (first <= now or given == n or is_to_come())
return {
  NOW,
  is_told and text(first) or '',
  text(longest),
  sleepers,
  jobs,
  text(steps),
}
