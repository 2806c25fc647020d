-- claim: gives a worker up to n users whose head may start, each with the head leased. (P1, P5)
-- In    ARGV[3] worker, [4] n, [5] LEASE ms, [6] cutoff: what the server's clock should read at most, [7] its lanes,
--       [8] of workers outside: grace ms (see _give.lua)
-- Out   { now, next due ms or '', next lease to end ms or '', sleepers, jobs (see _give.lua) } | 'CLOSED'
-- Does  first takes back at most 64 leases that ended before min(now, cutoff): the job returns to the head and is
--       to be looked up before it runs again: '2', or '3' if it ran outside and the lease went to its time limit. If it
--       is of a lane that is not the worker's, it is given to it all the same, with '4' for '2' and '5' for '3': to be
--       judged, not to be run; with no room for it, it is left alone. A worker that is given nothing goes to sleep in the
--       same call, so that no wake-up is lost; one that asks for 0 is going: it sleeps no more, and passes on a wake-up
--       that it may have been given. A lost reply costs one lease.
--       The next due time is told to one sleeper: the others do not all come at once then.
if closed() then return 'CLOSED' end
local worker, n, ended = ARGV[3], tonumber(ARGV[4]), min(now, tonumber(ARGV[6]))
local mine, served = lanes_of(ARGV[7])
local taker = { worker = worker, deadline = text(now + ARGV[5]), served = served, grace = tonumber(ARGV[8]) }
local judge = { worker = worker, deadline = taker.deadline, judges = true }
local jobs, given = {}, 0
for _, user in ipairs(call('ZRANGEBYSCORE', LEASES, '-inf', text(ended), 'LIMIT', 0, 64)) do
  local queue = queue_of(user)
  local id = call('LINDEX', queue .. 'active', 0)
  local is_ours = not id or served[call('HGET', queue .. id, 'lane') or 'main']
  if is_ours or given < n then
    if id then
      call('DEL', queue .. 'active')
      call('RPUSH', queue .. 'wait', id)
      local token = string.match(call('HGET', OWNERS, user) or '', '^%d+')
      local is_timed_out = call('HGET', queue .. id, 'limit') == token
      call('HSET', queue .. id, 'check', is_timed_out and '3' or '2')
    end
    call('ZREM', LEASES, user)
    call('HDEL', OWNERS, user)
    local lane = schedule(user, queue)
    if lane and not served[lane] then
      -- Nobody may be left who serves it, and what has become of the attempt must be told all the same.
      if not is_ours and look(queue) == id and give(user, queue, judge, jobs) then
        call('ZREM', ready_of(lane), user)
        given = given + 1
      else wake(lane) end
    end
  end
end

-- A server's clock that was set back must not hold those up who have been due since before: they stand behind its time,
-- and are put where they belong, some with each claim. (P5)
-- Where many are accepted, the clock is a little ahead by itself.
local AT_ONCE, SET_BACK = 16, 1000
local latest = floor(clock / 1000)
local function catch_up(ready)
  local somewhere = now + floor((latest - now) * (now_us % 1000) / 1000)
  for _, users in ipairs({
    call('ZREVRANGEBYSCORE', ready, text(latest), '(' .. NOW, 'LIMIT', 0, AT_ONCE),
    call('ZRANGEBYSCORE', ready, '(' .. text(somewhere), text(latest), 'LIMIT', 0, AT_ONCE),
  }) do
    for _, user in ipairs(users) do schedule(user, queue_of(user)) end
  end
end

-- Each of the worker's lanes in turn, beginning with another one each time.
local due
for i = 1, #mine do
  local ready = ready_of(mine[(i + floor(now_us)) % #mine + 1])
  if given < n then
    if latest > now + SET_BACK then catch_up(ready) end
    for _, user in ipairs(call('ZRANGEBYSCORE', ready, '-inf', NOW, 'LIMIT', 0, n - given)) do
      local queue = queue_of(user)
      if give(user, queue, taker, jobs) then
        call('ZREM', ready, user)
        given = given + 1
      else wake(schedule(user, queue)) end
    end
  end
  local first = tonumber(call('ZRANGE', ready, 0, 0, 'WITHSCORES')[2] or 'inf')
  due = min(due or first, first)
end
save()

-- The living come again in half of that time at most; the names of the dead would keep wake-ups from them. (P5)
local LONGEST_SLEEP_US = 75 * 1000000
local sleepers = 0
for _, lane in ipairs(mine) do
  local asleep = sleepers_of(lane)
  if given == 0 and n > 0 then
    call('ZREMRANGEBYSCORE', asleep, '-inf', text(now_us - LONGEST_SLEEP_US))
    call('ZADD', asleep, text(now_us), worker)
  else call('ZREM', asleep, worker) end
  sleepers = max(sleepers, call('ZCARD', asleep))
  if n == 0 and call('ZRANGEBYSCORE', ready_of(lane), '-inf', NOW, 'LIMIT', 0, 1)[1] then wake(lane) end
end

-- Whether it is for this worker to come at the next due time: somebody else may have been told of it, or of an
-- earlier one. Who was told and does not come is passed over once that time is past.
local function is_to_come()
  local alarm = 'alarm ' .. ARGV[7]
  local at, told = string.match(call('HGET', SHARD, alarm) or '', '^(%d+) (.+)$')
  at = tonumber(at)
  if at and told ~= worker and at >= now and at <= due then return false end
  if at ~= due or told ~= worker then call('HSET', SHARD, alarm, text(due) .. ' ' .. worker) end
  return true
end
local waits = due and due < math.huge and given == 0 and n > 0
return {
  NOW,
  waits and is_to_come() and text(due) or '',
  call('ZRANGE', LEASES, 0, 0, 'WITHSCORES')[2] or '',
  sleepers,
  jobs,
}
