-- find_faults: what is broken in the queues of some users, compared with MongoDB. Reads only.
-- In    users from ARGV[3]: user, settings and halt (6, as in restore_control; version 0: do not compare them), the number of
--       ids that follow, ids of requests that are pending in MongoDB
-- Out   a list for each user of { kind, id, or '' if Redis alone shows the fault } | 'CLOSED'
--       job: an id has no job. line: a job is in no list, or in two. standing: the user is in no ready set though something is
--       pending, or in too many, or is stopped there though nothing stops them. place: the head is held, could be looked up for a
--       minute, and no worker has. lease: one or two of lease, owner and running request are missing. control: the settings or the
--       halt are not those of MongoDB.
if closed() then return 'CLOSED' end
local lanes = all_lanes()
local OVERDUE = 60000

-- How often each id occurs in the part of `wait` that holds seqs between two: one read for all ids, however long the list
-- is. A few ids are searched one by one instead.
local FEW = 4
local function count_in_wait(queue, ids, from, to)
  if #ids <= FEW then return {} end
  local times, first, last = {}, ahead_of(queue, from), ahead_of(queue, to + 1)
  if last <= first then return times end
  for _, id in ipairs(call('LRANGE', queue .. 'wait', -last, -1 - first)) do times[id] = (times[id] or 0) + 1 end
  return times
end
local function times_elsewhere(queue, id)
  return (call('ZSCORE', queue .. 'delayed', id) and 1 or 0) + (call('LPOS', queue .. 'active', id) and 1 or 0)
end

local function check_jobs(queue, ids, report)
  local seqs, from, to = {}, math.huge, 0
  for _, id in ipairs(ids) do
    local seq = tonumber(call('HGET', queue .. id, 'seq') or '')
    if seq then seqs[id], from, to = seq, min(from, seq), max(to, seq) else report('job', id) end
  end
  if to == 0 then return end
  local counted, is_alone = count_in_wait(queue, ids, from, to), call('EXISTS', queue .. 'delayed', queue .. 'active') == 0
  for _, id in ipairs(ids) do
    if seqs[id] then
      local times = counted[id] or #call('LPOS', queue .. 'wait', id, 'RANK', -1, 'COUNT', 2)
      if not is_alone then times = times + times_elsewhere(queue, id) end
      if times ~= 1 then report('line', id) end
    end
  end
end

local function check_ready(user, queue, report)
  local stands, score_of = 0, {}
  for _, lane in ipairs(lanes) do
    score_of[lane] = call('ZSCORE', ready_of(lane), user)
    if score_of[lane] then stands = stands + 1 end
  end
  local lease, owner = call('ZSCORE', LEASES, user), call('HEXISTS', OWNERS, user) == 1
  local running = call('LLEN', queue .. 'active')
  if lease or owner or running > 0 then
    if not (lease and owner and running == 1) then report('lease', '') end
    if stands > 0 then report('standing', '') end
    return
  end
  local id, job, due, control, other = idle_head(queue)
  if not id then
    if stands > 0 then report('standing', '') end
  elseif not job[SEQ] then report('job', '')
  else
    -- Time alone may have made the other one the head since.
    local score = score_of[lane_of(job)] or (other and score_of[lane_of(other)])
    local at = eligible(job, due, control)
    local is_stopped = not at
    if stands ~= 1 or not score or (score == 'inf') ~= is_stopped then report('standing', '') end
    if job[HELD] and at and max(at, job[TIMESTAMP]) + OVERDUE < now then report('place', '') end
  end
end

-- The worker that settles or looks up the failed request sets the halt: while it may still do so, a missing halt is not a fault.
local function check_control(user, queue, i, report)
  local now_set = call('HMGET', queue .. 'control', 'version', 'paused', 'interval', 'burst', 'depth')
  local version, paused, interval, burst, depth, halting = unpack(ARGV, i, i + 5)
  local is_default = paused == '0' and interval == '0' and depth == ''
  if not is_default and tonumber(now_set[1] or 0) <= tonumber(version) then
    local is_same = now_set[1] == version and (now_set[2] or '0') == paused and (now_set[3] or '0') == interval
      and (now_set[4] or '0') == burst and (now_set[5] or '') == depth
    if not is_same then return report('control', '') end
  end
  if halting == '0' or call('ZSCORE', LEASES, user) then return end
  local _, job = idle_head(queue)
  if job and job[LOOK_UP] then return end
  local halted, released = unpack(call('HMGET', queue .. 'control', 'halted', 'released'))
  if max(tonumber(halted or 0), tonumber(released or 0)) < tonumber(halting) then report('control', '') end
end

local out, i = {}, 3
while i <= #ARGV do
  local user, ids, faults = ARGV[i], {}, {}
  local queue = queue_of(user)
  local function report(kind, id) faults[#faults + 1] = { kind, id } end
  for k = i + 8, i + 7 + tonumber(ARGV[i + 7]) do ids[#ids + 1] = ARGV[k] end
  check_jobs(queue, ids, report)
  check_ready(user, queue, report)
  if ARGV[i + 1] ~= '0' then check_control(user, queue, i + 1, report) end
  out[#out + 1] = faults
  i = i + 8 + #ids
end
return out
