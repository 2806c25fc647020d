-- stuck: users of a shard whose queue does not move, and why. Reads a bounded number of users: `most` of those that are due and
-- of those that are stopped, in each lane; 1,000 that are served; 500 that wait for a time.
-- In    ARGV[3] only what began at least this long ago, ms, [4] users at most for each reason
-- Out   { 1 if every user was read, else 0; the lanes whose users are being served, as words; for each user: } | 'CLOSED'
--       user, reason, lane, since (ms, or '' if unknown), id of the head, since when the head has waited (ms), when it may start
--       (ms, or ''), worker or ''
--       due: no worker has come. stopped: paused or halted. runs_long: it is running. lease_ended: no worker has taken it back.
--       limited: a rate delays the head.
if closed() then return 'CLOSED' end
local LEASED, TIMED = 1000, 500
local before, most, is_complete, lanes, out = now - ARGV[3], tonumber(ARGV[4]), 1, {}, {}
local function add(user, reason, lane, since, id, job, starts, worker)
  local n = #out
  out[n + 1], out[n + 2], out[n + 3], out[n + 4] = user, reason, lane, since
  out[n + 5], out[n + 6], out[n + 7], out[n + 8] = id or '', job and job[TIMESTAMP] or '', starts or '', worker or ''
end

for _, lane in ipairs(all_lanes()) do
  local ready = ready_of(lane)
  local due = call('ZRANGEBYSCORE', ready, '-inf', text(before), 'WITHSCORES', 'LIMIT', 0, most)
  for k = 1, #due, 2 do
    local id, job = head(queue_of(due[k]))
    add(due[k], 'due', lane, due[k + 1], id, job)
  end
  local stopped = call('ZRANGEBYSCORE', ready, '+inf', '+inf', 'LIMIT', 0, most)
  for _, user in ipairs(stopped) do
    local id, job = head(queue_of(user))
    add(user, 'stopped', lane, '', id, job)
  end
  if #due == 2 * most or #stopped == most then is_complete = 0 end

  local timed = call('ZRANGEBYSCORE', ready, '(' .. NOW, '(+inf', 'WITHSCORES', 'LIMIT', 0, TIMED)
  if #timed == 2 * TIMED then is_complete = 0 end
  local limited = 0
  for k = 1, #timed, 2 do
    if limited == most then is_complete = 0; break end
    local queue = queue_of(timed[k])
    local id, job, due, control = idle_head(queue)
    local waits_since = id and max(due, tonumber(job[NOT_BEFORE] or 0), tonumber(job[HELD] or 0), tonumber(job[TIMESTAMP]))
    if waits_since and control[INTERVAL] and waits_since <= before then
      add(timed[k], 'limited', lane, text(waits_since), id, job, timed[k + 1])
      limited = limited + 1
    end
  end
end

local leases, long = call('ZRANGE', LEASES, 0, LEASED - 1, 'WITHSCORES'), 0
if #leases == 2 * LEASED then is_complete = 0 end
for k = 1, #leases, 2 do
  local queue = queue_of(leases[k])
  local id = call('LINDEX', queue .. 'active', 0)
  local job = id and job_of(queue, id)
  if job and job[SEQ] then
    local lane = lane_of(job)
    local has_ended = tonumber(leases[k + 1]) <= now
    if not has_ended then lanes[lane] = true end
    local reason = has_ended and 'lease_ended' or 'runs_long'
    local since = has_ended and leases[k + 1] or job[PROCESSED_ON]
    if since and tonumber(since) <= before then
      if long == most then is_complete = 0; break end
      add(leases[k], reason, lane, since, id, job, nil, job[WORKER])
      long = long + 1
    end
  end
end

local words = {}
for lane in pairs(lanes) do words[#words + 1] = lane end
return { is_complete, table.concat(words, ' '), out }
