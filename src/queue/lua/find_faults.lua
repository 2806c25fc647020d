-- find_faults: what is broken about the queues of some users, compared with what is on record of them. Reads only.
-- In    users from ARGV[3]: user, settings and halt (6, as restore_control has them; of version 0: not to be compared), how
--       many ids follow, ids of requests that are pending on record
-- Out   { kind, id or '' if Redis alone shows it } of each fault, a list for each user | 'CLOSED'
--       job: an id has no job. line: a job stands in no list, or in two. standing: the user stands in no ready set though
--       something is pending, or in one too many, or as stopped though nothing stops them. lease: of lease, owner and running
--       request one or two are missing. control: the settings or the halt are not those on record.
if closed() then return 'CLOSED' end
local lanes = all_lanes()

-- The part of the wait list in which jobs of certain seqs should stand, as ids and how often each is there: one look serves
-- all, however many the user has. Few are looked for one by one.
local FEW = 4
local function part_of(queue, ids, from, to)
  if #ids <= FEW then return {} end
  local times, first, last = {}, ahead_of(queue, from), ahead_of(queue, to + 1)
  if last <= first then return times end
  for _, id in ipairs(call('LRANGE', queue .. 'wait', -last, -1 - first)) do times[id] = (times[id] or 0) + 1 end
  return times
end
local function times_elsewhere(queue, id)
  return (call('ZSCORE', queue .. 'delayed', id) and 1 or 0) + (call('LPOS', queue .. 'active', id) and 1 or 0)
end

local function look_for(queue, ids, say)
  local seqs, from, to = {}, math.huge, 0
  for _, id in ipairs(ids) do
    local seq = tonumber(call('HGET', queue .. id, 'seq') or '')
    if seq then seqs[id], from, to = seq, min(from, seq), max(to, seq) else say('job', id) end
  end
  if to == 0 then return end
  local part, is_alone = part_of(queue, ids, from, to), call('EXISTS', queue .. 'delayed', queue .. 'active') == 0
  for _, id in ipairs(ids) do
    if seqs[id] then
      local times = part[id] or #call('LPOS', queue .. 'wait', id, 'RANK', -1, 'COUNT', 2)
      if not is_alone then times = times + times_elsewhere(queue, id) end
      if times ~= 1 then say('line', id) end
    end
  end
end

local function look_at_standing(user, queue, say)
  local stands, score_of = 0, {}
  for _, lane in ipairs(lanes) do
    score_of[lane] = call('ZSCORE', ready_of(lane), user)
    if score_of[lane] then stands = stands + 1 end
  end
  local lease, owner = call('ZSCORE', LEASES, user), call('HEXISTS', OWNERS, user) == 1
  local running = call('LLEN', queue .. 'active')
  if lease or owner or running > 0 then
    if not (lease and owner and running == 1) then say('lease', '') end
    if stands > 0 then say('standing', '') end
    return
  end
  local id, job, due, control, other = look(queue)
  if not id then
    if stands > 0 then say('standing', '') end
  elseif not job[SEQ] then say('job', '')
  else
    -- Time alone may have made the other one the head.
    local score = score_of[lane_of(job)] or (other and score_of[lane_of(other)])
    local is_stopped = not eligible(job, due, control)
    if stands ~= 1 or not score or (score == 'inf') ~= is_stopped then say('standing', '') end
  end
end

-- A halt is put up by whoever settles the request that failed, or looks it up: so not while that may still come.
local function look_at_control(user, queue, i, say)
  local now_set = call('HMGET', queue .. 'control', 'version', 'paused', 'interval', 'burst', 'depth')
  local wanted = { ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4] }
  local is_default = wanted[2] == '0' and wanted[3] == '0' and wanted[5] == ''
  if not is_default and tonumber(now_set[1] or 0) <= tonumber(wanted[1]) then
    local is_same = now_set[1] == wanted[1] and (now_set[2] or '0') == wanted[2] and (now_set[3] or '0') == wanted[3]
      and (now_set[4] or '0') == wanted[4] and (now_set[5] or '') == wanted[5]
    if not is_same then return say('control', '') end
  end
  local halting = tonumber(ARGV[i + 5])
  if halting == 0 or call('ZSCORE', LEASES, user) then return end
  local _, job = look(queue)
  if job and job[CHECK] then return end
  local halted, released = unpack(call('HMGET', queue .. 'control', 'halted', 'released'))
  if max(tonumber(halted or 0), tonumber(released or 0)) < halting then say('control', '') end
end

local out, i = {}, 3
while i <= #ARGV do
  local user, ids, faults = ARGV[i], {}, {}
  local queue = queue_of(user)
  local function say(kind, id) faults[#faults + 1] = { kind, id } end
  for k = i + 8, i + 7 + tonumber(ARGV[i + 7]) do ids[#ids + 1] = ARGV[k] end
  look_for(queue, ids, say)
  look_at_standing(user, queue, say)
  if ARGV[i + 1] ~= '0' then look_at_control(user, queue, i + 1, say) end
  out[#out + 1] = faults
  i = i + 8 + #ids
end
return out
