-- Prelude of every script: names, the clock, the gate, and the three rules that every script shares:
-- head (what is next), eligible (when it may start) and schedule (where the user stands).
--
-- KEYS[1] {twN}:shard. KEYS[2] {twN}:none, which never exists: with two keys declared, a Redis Cluster answers
-- TRYAGAIN instead of running a script half way while the slot moves. All other keys share the tag {twN}.
-- ARGV[1] the caller's epoch, as `<number> <installation>`. ARGV[2] the tag. ARGV[3].. are each script's own.
local call, format = redis.call, string.format
local floor, ceil, max, min = math.floor, math.ceil, math.max, math.min
local SHARD, EPOCH, TAG = KEYS[1], ARGV[1], ARGV[2]
local LEASES, OWNERS, LANES = TAG .. ':leases', TAG .. ':owners', TAG .. ':lanes'

local time = call('TIME')
local now_us = time[1] * 1000000 + time[2]
local now = floor(now_us / 1000) -- ms, as are all times but seq and clock

-- A number as text: tostring would give 1.76e+15.
local function text(n) return format('%.0f', n) end
local NOW = text(now)

-- A lane is the workers that serve certain types of request; most types are of the lane 'main'. Who waits for a lane,
-- and who sleeps in it, by when (us) they went to sleep:
local function ready_of(lane) return lane == 'main' and TAG .. ':ready' or TAG .. ':ready:' .. lane end
local function sleepers_of(lane) return lane == 'main' and TAG .. ':asleep' or TAG .. ':asleep:' .. lane end

-- The prefix of a user's keys: a Bull queue of prefix TAG, named by the user id.
local function queue_of(user) return TAG .. ':' .. user .. ':' end

---------------------------------------------------------------------------------------------------------------
-- The gate: a script acts only for the epoch that the shard was opened for, on the server history it was opened
-- on. The replication id changes at every restart and every promotion; the epoch goes with a flush. An epoch names its
-- installation: the same number of another MongoDB is another epoch. (P1, P3)
local function history() return string.match(call('INFO', 'replication'), 'master_replid:(%x+)') end
local shard = call('HMGET', SHARD, 'epoch', 'replid', 'clock', 'token', 'listen', 'longest', 'seen', 'steps')
-- And a shard that has lost its clock, its last token or its longest lease must not go on: it would give them out twice, or
-- end a lease too soon.
local function closed()
  return shard[1] ~= EPOCH or shard[2] ~= history() or not (shard[3] and shard[4] and shard[6])
end

-- How often the server's clock was set back since the shard was opened, as far as leases are concerned: whoever writes when
-- one ends looks at the time, and compares it with the latest that was seen, which is up to SEEN_EVERY ms old. A lease
-- that was given while the clock stood back would seem to have ended once it is right again, also to a worker that did not
-- look meanwhile: that worker knows another number of steps. (P1; claim.lua)
local SEEN_EVERY = 50
local steps = tonumber(shard[8] or 0)
local function watch_time()
  local seen = tonumber(shard[7] or 0)
  if now < seen then steps = steps + 1
  elseif now < seen + SEEN_EVERY then return end
  shard[7] = NOW
  call('HSET', SHARD, 'seen', NOW, 'steps', text(steps))
end

-- When a lease ends that is given now for so many ms. The longest that was given since the shard was opened is kept: who
-- does not know the server's clock yet takes nothing back for so long. (P1)
local longest = tonumber(shard[6] or 0)
local function lease_end(ms)
  watch_time()
  ms = tonumber(ms)
  if ms > longest then longest = ms; call('HSET', SHARD, 'longest', text(ms)) end
  return text(now + ms)
end

---------------------------------------------------------------------------------------------------------------
-- seq is the shard's time in us, given out once: it grows whatever the server's clock does. (P2)
local clock, token, changed = tonumber(shard[3] or 0), tonumber(shard[4] or 0), false
local function raise_clock(seq) if seq > clock then clock = seq; changed = true end end
local function tick() raise_clock(max(clock + 1, now_us)); return clock end
local function next_token() token = token + 1; changed = true; return text(token) end
-- How far the server's clock has been, to half a second: so that claim sees that it was set back. (P5)
local function note_time()
  if now_us > clock + 500000 then raise_clock(now_us); call('HSET', SHARD, 'clock', text(clock)) end
end
-- Last line of every script that gives out a seq or a token.
local function save() if changed then call('HSET', SHARD, 'clock', text(clock), 'token', text(token)) end end

-- Events, of users somebody listens to: their transitions, in the order in which they happen. `listen` of the shard is
-- until when anybody does; most of the time nobody does, and it costs no command. (P4)
local LISTENERS = TAG .. ':listeners'
local is_heard = tonumber(shard[5] or 0) > now
local function emit(user, name, id, data)
  if not is_heard then return end
  local mark = tonumber(call('ZSCORE', LISTENERS, user) or 0)
  if mark <= now then return end
  local stream = TAG .. ':' .. user .. ':events'
  call('XADD', stream, 'MAXLEN', '~', 1000, '*', 'type', name, 'id', id, 'data', data or '')
  call('PEXPIREAT', stream, text(mark))
  call('PUBLISH', 'tw:events:' .. user, '')
end

-- Every lane of this shard: main, and those that requests have named. Read only where all of them are needed, so that a
-- request costs the same with one lane and with a thousand. (P4)
local function all_lanes() return { 'main', unpack(call('SMEMBERS', LANES)) } end
local function know_lane(lane) if lane ~= 'main' then call('SADD', LANES, lane) end end

---------------------------------------------------------------------------------------------------------------
-- The fields of a job that head reads, and their places in a job. Who goes first is told by the first three.
local FIELDS = { 'seq', 'attemptsMade', 'processedOn', 'notBefore', 'held', 'check', 'name', 'data', 'opts', 'timestamp',
  'worker', 'lane', 'lookup', 'since' }
local SEQ, ATTEMPTS_MADE, PROCESSED_ON, NOT_BEFORE, HELD, CHECK, NAME, DATA, OPTS, TIMESTAMP, WORKER, LANE, LOOKUP, SINCE =
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14

-- What is later than now was written by a clock that has been set back since. Nobody waits until that time comes again: a
-- hold and a backoff that began then are over, and a rate's bucket that could not be so empty is full. (P5)
local SET_BACK = 1000
local function was_set_back(since) return tonumber(since or 0) > now + SET_BACK end
local function job_of(queue, id)
  local job = call('HMGET', queue .. id, unpack(FIELDS))
  if job[HELD] and was_set_back(job[TIMESTAMP]) then job[HELD] = '0' end
  if job[SINCE] and was_set_back(job[SINCE]) then job[NOT_BEFORE] = '0' end
  return job
end
local function order_of(queue, id) return call('HMGET', queue .. id, unpack(FIELDS, 1, 3)) end

-- A request that was given out once keeps the head until it has ended. (P2)
local function started(job) return job[PROCESSED_ON] or (job[ATTEMPTS_MADE] and job[ATTEMPTS_MADE] ~= '0') end

-- The user's next request is the lower seq of two heads: wait's last, and delayed's first (those scheduled) once it is due.
-- Until then it holds nobody back, whatever the clock has given it for a seq. (P2, P5)
-- An id whose job was lost holds the queue: nothing may overtake it before MongoDB was asked. (P2; mend.lua)
-- Gives its id, its fields, and the ms at which a scheduled one is due, 0 for one of wait; nil when nothing is pending. And
-- the fields of the other head.
local function head(queue)
  local id = call('LINDEX', queue .. 'wait', -1)
  local job = id and job_of(queue, id)
  local delayed = call('ZRANGE', queue .. 'delayed', 0, 0, 'WITHSCORES')
  if delayed[1] and not (job and (started(job) or not job[SEQ])) then
    local due, scheduled = floor(tonumber(delayed[2]) / 1000), job_of(queue, delayed[1])
    local is_in_line = job and due <= max(now, tonumber(job[HELD] or 0))
    if not job or (is_in_line and tonumber(scheduled[SEQ] or 0) < tonumber(job[SEQ])) then
      return delayed[1], scheduled, due, job
    end
    return id, job, 0, scheduled
  end
  return id, job, 0
end

-- What is not default about a user's queue; for most users the hash is not there. (P4)
--   paused 1 · halted: fencing token of the attempt that halted it · rate: interval and burst (us), and tat, the
--   time at which the bucket is full again · depth · check: up to this seq every request is looked up before it
--   runs · version of the settings, and released: the last token whose halt was lifted
local PAUSED, HALTED, INTERVAL, BURST, TAT, LOOK_UP = 1, 2, 3, 4, 5, 6
local function control_of(queue)
  local control = call('HMGET', queue .. 'control', 'paused', 'halted', 'interval', 'burst', 'tat', 'check')
  if control[TAT] and was_set_back((control[TAT] - control[BURST] - control[INTERVAL]) / 1000) then control[TAT] = nil end
  return control
end

-- Bytes of the payloads that a user has pending, and so in the server's memory. Only those that are not small: the depth bounds
-- the others, and most users have none of these, so that most requests cost one look and no key. (P4)
local SMALL = 1024
local function weigh(queue, bytes)
  if bytes > SMALL then call('INCRBY', queue .. 'bytes', text(bytes)) end
end
-- Takes a request's job away, and what it weighs.
local function drop_job(queue, id)
  local bytes = call('HSTRLEN', queue .. id, 'data')
  if bytes > SMALL and call('DECRBY', queue .. 'bytes', text(bytes)) <= 0 then call('DEL', queue .. 'bytes') end
  call('DEL', queue .. id)
end

-- Most users have neither scheduled requests nor settings; one look tells, and saves two.
local function is_plain(queue) return call('EXISTS', queue .. 'delayed', queue .. 'control') == 0 end

-- A control hash that says nothing but what was decided last is kept for a late older decision: longer (s) than any view
-- may last, of whatever process. (P4)
local KEEP = 301
local function rest(queue)
  local control = queue .. 'control'
  local says = call('HMGET', control, 'paused', 'halted', 'interval', 'depth', 'check')
  if says[1] or says[2] or says[3] or says[4] or says[5] then call('PERSIST', control)
  else call('EXPIRE', control, KEEP) end
end

-- The one rule of when a user's head may start: ms since 1970, or nil for not until the control hash changes.
-- The rate is a bucket (GCRA): a start is allowed from tat - burst on, and moves tat by an interval.
local function eligible(job, due, control)
  if not job[SEQ] then return nil end -- its job was lost
  if control[PAUSED] or control[HALTED] then return nil end
  local at = max(due, tonumber(job[NOT_BEFORE] or 0), tonumber(job[HELD] or 0))
  if control[INTERVAL] and control[TAT] then at = max(at, floor((control[TAT] - control[BURST]) / 1000)) end
  return at
end

-- What decides about the user's next request: its id, its fields and its due time (see head), and the control hash. And the
-- fields of the other head. Nothing at all while a request is running, though its lease may be lost. (P1)
-- For most users the first look tells that nothing is running, scheduled or set.
local NO_CONTROL = {}
local function look(queue)
  local active = queue .. 'active'
  if call('EXISTS', active, queue .. 'delayed', queue .. 'control') == 0 then
    local id = call('LINDEX', queue .. 'wait', -1)
    return id, id and job_of(queue, id), 0, NO_CONTROL
  end
  if call('EXISTS', active) == 1 then return nil end
  local id, job, due, other = head(queue)
  return id, job, due, control_of(queue), other
end

-- ready holds every user with something pending who is not leased, by when they may start, in the set of the lane of
-- their head. Time alone may change which of the two heads that is: so gives the lanes of both, nil for a user who stands
-- nowhere. Whatever changes the head asks before it does.
local function lane_of(job) return job[LANE] or 'main' end
local function standing_of(queue)
  local id, job, _, _, other = look(queue)
  return id and { lane_of(job), other and lane_of(other) or nil }
end

-- Puts the user where they stand. A score that is already due stays, so that news does not send a user to the back.
-- `stood`: what standing_of gave, if the head may have changed since.
-- Gives the lane of their head if a worker is to be woken: they may start now, or as the first of all before it would be
-- found by a poll, so that one sleeper is told when to come. (P5)
local SOON = 2000
local function schedule(user, queue, stood)
  note_time()
  if call('ZSCORE', LEASES, user) then return nil end
  local id, job, due, control, other = look(queue)
  if not control then return nil end
  local lane = id and lane_of(job)
  if other then stood = { lane_of(other), unpack(stood or {}) } end
  for _, each in ipairs(stood or {}) do
    if each ~= lane then call('ZREM', ready_of(each), user) end
  end
  if not id then
    if call('HDEL', queue .. 'control', 'check') == 1 then rest(queue) end
    return nil
  end
  local ready, at = ready_of(lane), eligible(job, due, control)
  if not at then call('ZADD', ready, '+inf', user); return nil end
  if at > now then
    call('ZADD', ready, text(at), user)
    return at < now + SOON and call('ZRANGE', ready, 0, 0)[1] == user and lane or nil
  end
  local standing = call('ZSCORE', ready, user)
  if not standing or tonumber(standing) > now then call('ZADD', ready, NOW, user) end
  return lane
end

-- Wakes one worker of the lane that found nothing to do: it claims, and more are woken only by more news. (P5) A name
-- that nobody listens to is that of a worker that died; on a Cluster the listeners of other nodes are not counted, so
-- the tries are few. Nothing to do for no lane.
local function wake(lane)
  if not lane then return end
  for _ = 1, 8 do
    local worker = call('ZPOPMIN', sleepers_of(lane))[1]
    if not worker or call('PUBLISH', 'tw:worker:' .. worker, TAG) > 0 then return end
  end
end
