-- claim: gives a worker up to n users whose head may start, each with the head leased; users who have waited longest come
-- first. (P1, P5)
-- In    ARGV[3] worker, [4] n, [5] LEASE ms, [6] cutoff: the latest time that the server's clock can show, as far as the worker
--       knows, [7] its lanes, [8] of external workers: grace ms (see _lease_head.lua), [9] only users who have waited for this
--       long, ms (somebody on another shard has), [10] the steps back of the server's clock that the cutoff includes
-- Out   { now, since when the next user of its lanes waits, or from when that user may start (ms, or ''), the longest lease
--       given since the shard was opened (ms), sleepers, jobs (see _lease_head.lua), steps back of the server's clock }
--       | 'CLOSED'
-- Does  1. Shortens leases that only a step back of the server's clock has made that long.
--       2. Takes back at most 64 leases that ended before min(now, cutoff): the job returns to the head and is looked up before
--       it runs again ('2', or '3' if an external worker ran it and the lease went to its time limit). If the worker does not
--       serve its lane, or its user may not start, the worker gets it anyway, to look it up but not to run it ('4' for '2',
--       '5' for '3'); if the worker has no room for it, the lease stays.
--       3. Leases users who are due.
--       4. If no user of its lanes is due after that, the worker goes to sleep in the same call, so that it misses no wake-up.
--       Else it leaves the sleepers and wakes the next one, because there is more work than it has taken. With n = 0 it never
--       goes to sleep.
--       The answer always says if a user is due. A due time in the future is given to one sleeper only, so that they do not
--       all come at once. If the reply is lost, an in-process worker hands its leases back (list_leases); those for an
--       external worker last until they end.
if closed() then return 'CLOSED' end
local worker, n, lease_ms, cutoff, lane_words, grace_ms, patience_ms, known_steps = unpack(ARGV, 3, 10)
n, cutoff, patience_ms = tonumber(n), tonumber(cutoff), tonumber(patience_ms)
local lanes, served = parse_lanes(lane_words)
local taker = { worker = worker, deadline = lease_end(lease_ms), served = served, grace = tonumber(grace_ms) }
local only_look_up = { worker = worker, deadline = taker.deadline, looks_up_only = true }
local jobs, leased = {}, 0
-- A lease that was given while the clock was behind seems to have ended long ago: a worker that did not see the step takes
-- none back.
local saw_steps = known_steps == text(steps)
local ended = saw_steps and min(now, cutoff) or 0

-- If the server's clock was set back, leases of dead workers would last longer by as much. A living worker counts by its own
-- clock, and none was promised more than the longest lease. (P1, P5)
local latest_end = text(now + longest)
for _, user in ipairs(call('ZRANGEBYSCORE', LEASES, '(' .. latest_end, '+inf', 'LIMIT', 0, 64)) do
  call('ZADD', LEASES, latest_end, user)
end

for _, user in ipairs(call('ZRANGEBYSCORE', LEASES, '-inf', text(ended), 'LIMIT', 0, 64)) do
  local queue = queue_of(user)
  local id = call('LINDEX', queue .. 'active', 0)
  local job = id and job_of(queue, id)
  local at = job and eligible(job, 0, control_of(queue))
  -- If not, it would not be looked up soon, and the end of the attempt must be recorded anyway.
  local is_to_run = at and at <= now and served[lane_of(job)]
  -- If the id was lost, the lease stays until the id is found: else a later request would overtake it. (P2; mend.lua)
  if id and (is_to_run or leased < n) then
    call('DEL', queue .. 'active')
    call('RPUSH', queue .. 'wait', id)
    local is_timed_out = is_lease_of(user, call('HGET', queue .. id, 'limit'))
    if job[SEQ] then call('HSET', queue .. id, 'check', is_timed_out and '3' or '2') end
    call('ZREM', LEASES, user)
    call('HDEL', OWNERS, user)
    if is_to_run then update_ready(user, queue)
    elseif lease_head(user, queue, only_look_up, jobs) then leased = leased + 1
    else wake(update_ready(user, queue)) end
  end
end

-- If the server's clock was set back, users whose score was set before must not wait for that time. Each claim computes some
-- of the scores after now again: some near the latest time that the clock has shown, and some anywhere. (P5)
-- When many requests are accepted, the clock is slightly ahead by itself.
local AT_ONCE = 16
local latest = floor(clock / 1000)
local function recompute_scores(ready)
  local function rank_after(score) return call('ZCOUNT', ready, '-inf', score) end
  local first, stopped = rank_after(NOW), rank_after('(+inf')
  if first == stopped then return end
  local near = max(first, rank_after(text(latest)) - AT_ONCE / 2)
  local somewhere = first + floor((stopped - first) * (now_us % 1000) / 1000)
  for _, from in ipairs({ near, somewhere }) do
    local users = from < stopped and call('ZRANGE', ready, from, min(from + AT_ONCE, stopped) - 1) or {}
    for _, user in ipairs(users) do update_ready(user, queue_of(user)) end
  end
end

-- Up to `most` due users of the worker's lanes; those who have waited longest come first.
local function due_users(most)
  local users = {}
  for _, lane in ipairs(lanes) do
    local found = call('ZRANGEBYSCORE', ready_of(lane), '-inf', NOW, 'WITHSCORES', 'LIMIT', 0, most)
    for i = 1, #found, 2 do users[#users + 1] = { name = found[i], since = tonumber(found[i + 1]), lane = lane } end
  end
  if #lanes > 1 then table.sort(users, function(a, b) return a.since < b.since end) end
  return users
end

if leased < n then
  if latest > now + SET_BACK then
    for _, lane in ipairs(lanes) do recompute_scores(ready_of(lane)) end
  end
  for _, user in ipairs(due_users(n - leased)) do
    if leased == n or now - user.since < patience_ms then break end
    local queue = queue_of(user.name)
    call('ZREM', ready_of(user.lane), user.name)
    -- A leased user is in no ready set, and is never leased again even if the set is damaged. (P1)
    if not call('ZSCORE', LEASES, user.name) and lease_head(user.name, queue, taker, jobs) then leased = leased + 1
    else wake(update_ready(user.name, queue)) end
  end
end
save_counters()

local firsts, first = {}, math.huge
for i, lane in ipairs(lanes) do
  firsts[i] = tonumber(call('ZRANGE', ready_of(lane), 0, 0, 'WITHSCORES')[2] or 'inf')
  first = min(first, firsts[i])
end

-- A living worker claims again within half of this time. Names of dead workers would take wake-ups from living ones. (P5)
local LONGEST_SLEEP_US = 75 * 1000000
local sleeps, sleepers = n > 0 and first > now, 0
for i, lane in ipairs(lanes) do
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

-- Whether this worker should claim at the next due time. False if another worker already has that time or an earlier one. Once
-- that time is past, its claim on it lapses.
local function is_to_come_then()
  local alarm = 'alarm ' .. lane_words
  local at, told = string.match(call('HGET', SHARD, alarm) or '', '^(%d+) (.+)$')
  at = tonumber(at)
  if at and told ~= worker and at >= now and at <= first then return false end
  if at ~= first or told ~= worker then call('HSET', SHARD, alarm, text(first) .. ' ' .. worker) end
  return true
end
-- A worker that got all n may be full by then: it is told, but another one is told too.
local is_told = first < math.huge and (first <= now or leased == n or is_to_come_then())
return {
  NOW,
  is_told and text(first) or '',
  text(longest),
  sleepers,
  jobs,
  text(steps),
}
