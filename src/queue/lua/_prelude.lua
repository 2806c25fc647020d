-- The start of every script: names, the clock, the gate, and the three rules that all scripts share:
-- head (which request is next), eligible (when it may start) and update_ready (when the user may be served).
--
-- KEYS[1] {twN}:shard. KEYS[2] {twN}:none, which never exists: with two keys declared, a Redis Cluster answers
-- TRYAGAIN instead of running a script half way while the slot moves. All other keys share the tag {twN}.
-- ARGV[1] the caller's epoch, as `<number> <installation>`. ARGV[2] the tag. ARGV[3].. the script's own arguments.
local call, format = redis.call, string.format
local floor, ceil, max, min = math.floor, math.ceil, math.max, math.min
local SHARD, EPOCH, TAG = KEYS[1], ARGV[1], ARGV[2]
local LEASES, OWNERS, LANES = TAG .. ':leases', TAG .. ':owners', TAG .. ':lanes'

local time = call('TIME')
local now_us = time[1] * 1000000 + time[2]
local now = floor(now_us / 1000) -- ms; all times are in ms except seq and clock

-- Who has the user's lease: its token and the worker; nil if nobody has.
local function owner_of(user) return string.match(call('HGET', OWNERS, user) or '', '^(%d+) (.+)$') end
-- Fencing: whether the user's lease is that of this token. (P1)
local function is_lease_of(user, lease_token) return owner_of(user) == lease_token end

-- A number as text: tostring would give 1.76e+15.
local function text(n) return format('%.0f', n) end
local NOW = text(now)

-- A lane is the pool of workers that serve certain request types; most types are in the lane 'main'. The users of a lane
-- by when they may be served, and its sleeping workers by when they went to sleep (us):
local function ready_of(lane) return lane == 'main' and TAG .. ':ready' or TAG .. ':ready:' .. lane end
local function sleepers_of(lane) return lane == 'main' and TAG .. ':asleep' or TAG .. ':asleep:' .. lane end

-- The prefix of a user's keys: the Bull queue with prefix TAG, named by the user id.
local function queue_of(user) return TAG .. ':' .. user .. ':' end

---------------------------------------------------------------------------------------------------------------
-- The gate: a script acts only for the epoch that the shard was opened for, on the server history it was opened
-- on. The replication id changes at every restart and every promotion; a flush removes the epoch. An epoch names its
-- installation: the same number of another MongoDB is another epoch. (P1, P3)
local function history() return string.match(call('INFO', 'replication'), 'master_replid:(%x+)') end
local shard = call('HMGET', SHARD, 'epoch', 'replid', 'clock', 'token', 'listen', 'longest', 'seen', 'steps')
-- A shard that has lost its clock, its last token or its longest lease is closed too: it would give out a seq or token
-- twice, or end a lease too soon.
local function closed()
  return shard[1] ~= EPOCH or shard[2] ~= history() or not (shard[3] and shard[4] and shard[6])
end

-- The gate of the scripts that rebuild a shard: whether begin_rebuild has begun for this epoch on this server history.
local function is_being_rebuilt() return call('HGET', SHARD, 'recovering') == EPOCH .. ' ' .. history() end

-- Counts how often the server's clock was set back since the shard was opened. Every script that sets the end of a lease
-- compares the time with the latest one seen, which is up to SEEN_EVERY ms old. A lease that is given while the clock is
-- behind seems to have ended once the clock is right again, also to a worker that did not see the step: it knows another
-- number of steps, and takes nothing back. (P1; claim.lua)
local SEEN_EVERY = 50
local steps = tonumber(shard[8] or 0)
local function count_clock_steps()
  local seen = tonumber(shard[7] or 0)
  if now < seen then steps = steps + 1
  elseif now < seen + SEEN_EVERY then return end
  shard[7] = NOW
  call('HSET', SHARD, 'seen', NOW, 'steps', text(steps))
end

-- The end of a lease given now for so many ms. Stores the longest lease since the shard was opened: a worker that does
-- not know the server's clock yet takes nothing back for that long. (P1)
local longest = tonumber(shard[6] or 0)
local function lease_end(ms)
  count_clock_steps()
  ms = tonumber(ms)
  if ms > longest then longest = ms; call('HSET', SHARD, 'longest', text(ms)) end
  return text(now + ms)
end

---------------------------------------------------------------------------------------------------------------
-- A seq is the shard's time in us, given out once: it grows whatever the server's clock does. (P2)
local clock, token, changed = tonumber(shard[3] or 0), tonumber(shard[4] or 0), false
local function raise_clock(seq) if seq > clock then clock = seq; changed = true end end
local function next_seq() raise_clock(max(clock + 1, now_us)); return clock end
local function next_token() token = token + 1; changed = true; return text(token) end
-- Stores the latest time of the server's clock, to half a second, so that claim sees when the clock was set back. (P5)
local function store_time()
  if now_us > clock + 500000 then raise_clock(now_us); call('HSET', SHARD, 'clock', text(clock)) end
end
-- The last line of every script that gives out a seq or a token.
local function save_counters() if changed then call('HSET', SHARD, 'clock', text(clock), 'token', text(token)) end end

-- Appends an event to the stream of a user who has a listener, in the order of the transitions. The field `listen` of the
-- shard is when its last listener leaves; most of the time there is none, and an event costs no command. (P4)
local LISTENERS = TAG .. ':listeners'
local has_listeners = tonumber(shard[5] or 0) > now
local function emit(user, name, id, data)
  if not has_listeners then return end
  local listened_until = tonumber(call('ZSCORE', LISTENERS, user) or 0)
  if listened_until <= now then return end
  local stream = TAG .. ':' .. user .. ':events'
  call('XADD', stream, 'MAXLEN', '~', 1000, '*', 'type', name, 'id', id, 'data', data or '')
  call('PEXPIREAT', stream, text(listened_until))
  call('PUBLISH', 'tw:events:' .. user, '')
end

-- Every lane of this shard: main, and those that requests have named. Read only by scripts that need all of them, so that
-- a request costs the same with one lane and with a thousand. (P4)
local function all_lanes() return { 'main', unpack(call('SMEMBERS', LANES)) } end
local function add_lane(lane) if lane ~= 'main' then call('SADD', LANES, lane) end end

---------------------------------------------------------------------------------------------------------------
-- The fields of a job that the scripts read, and their places in what job_of returns. The first three decide the order.
--   check: why MongoDB is asked before it runs (_lease_head.lua) · lookup: the token of an attempt that asked · lost: what
--   that one had to tell MongoDB
local FIELDS = { 'seq', 'attemptsMade', 'processedOn', 'notBefore', 'held', 'check', 'name', 'data', 'opts', 'timestamp',
  'worker', 'lane', 'lookup', 'since', 'lost' }
local SEQ, ATTEMPTS_MADE, PROCESSED_ON, NOT_BEFORE, HELD, LOOK_UP, NAME, DATA, OPTS, TIMESTAMP, WORKER, LANE, LOOK_UP_TOKEN,
  SINCE, LOST = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15

-- A time later than now was written before the clock was set back. Nothing waits until that time comes again: a hold or a
-- backoff that began then is over, and the bucket of a rate, which cannot be that empty, is full. (P5)
local SET_BACK = 1000
local function was_set_back(since) return tonumber(since or 0) > now + SET_BACK end
-- Whether the hold of a place has ended without a confirm.
local function has_expired(held, timestamp) return held and (tonumber(held) <= now or was_set_back(timestamp)) end
local function job_of(queue, id)
  local job = call('HMGET', queue .. id, unpack(FIELDS))
  if job[HELD] and was_set_back(job[TIMESTAMP]) then job[HELD] = '0' end
  if job[SINCE] and was_set_back(job[SINCE]) then job[NOT_BEFORE] = '0' end
  return job
end
local function order_fields_of(queue, id) return call('HMGET', queue .. id, unpack(FIELDS, 1, 3)) end

-- A request that has started once stays the head until it ends. (P2)
local function started(job) return job[PROCESSED_ON] or (job[ATTEMPTS_MADE] and job[ATTEMPTS_MADE] ~= '0') end

-- The user's next request: of the last of `wait` and the first of `delayed` (the scheduled ones), the one with the lower
-- seq. A scheduled one counts only once it is due; until then it delays nothing, whatever its seq. (P2, P5)
-- An id whose job was lost stays the head: nothing may overtake it before MongoDB was asked. (P2; mend.lua)
-- Returns its id, its fields, when it is due (ms; 0 if it is not scheduled), and the fields of the other of the two; nil if
-- nothing is pending.
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

-- The control hash: what is not default about a user's queue. Most users have none. (P4)
--   paused: 1 · halted: fencing token of the attempt whose failure halts the queue · interval and burst (us) of the rate,
--   and tat, when its bucket is full again (us) · depth · check: every request up to this seq is looked up before it runs ·
--   version of the settings · released: the last token whose halt was lifted
local PAUSED, HALTED, INTERVAL, BURST, TAT, LOOK_UP_TO = 1, 2, 3, 4, 5, 6
local function control_of(queue)
  local control = call('HMGET', queue .. 'control', 'paused', 'halted', 'interval', 'burst', 'tat', 'check')
  if control[TAT] and was_set_back((control[TAT] - control[BURST] - control[INTERVAL]) / 1000) then control[TAT] = nil end
  return control
end

-- Counts the bytes of a user's pending payloads, which are in Redis' memory. Only payloads that are not small: the depth
-- bounds the others, and most users have no large ones, so that most requests cost no key. (P4)
local SMALL = 1024
local function add_bytes(queue, bytes)
  if bytes > SMALL then call('INCRBY', queue .. 'bytes', text(bytes)) end
end
-- Removes a request's job, and its bytes from the count.
local function drop_job(queue, id)
  local bytes = call('HSTRLEN', queue .. id, 'data')
  if bytes > SMALL and call('DECRBY', queue .. 'bytes', text(bytes)) <= 0 then call('DEL', queue .. 'bytes') end
  call('DEL', queue .. id)
end

-- Whether the user has neither scheduled requests nor a control hash, as most users: one command then saves two.
local function is_plain(queue) return call('EXISTS', queue .. 'delayed', queue .. 'control') == 0 end

-- Call it after any change of the control hash. A hash in which everything is default again expires; until then its
-- `version` and `released` keep out older decisions that arrive late. That takes longer (s) than a view of any process
-- lasts. (P4)
local LATE_DECISIONS_S = 301
local function expire_if_default(queue)
  local control = queue .. 'control'
  local set = call('HMGET', control, 'paused', 'halted', 'interval', 'depth', 'check')
  if set[1] or set[2] or set[3] or set[4] or set[5] then call('PERSIST', control)
  else call('EXPIRE', control, LATE_DECISIONS_S) end
end

-- When a user's head may start: ms since 1970, or nil for not before the control hash changes. The only such rule.
-- The rate is a bucket (GCRA): a start is allowed from tat - burst on, and moves tat by an interval.
local function eligible(job, due, control)
  if not job[SEQ] then return nil end -- its job was lost
  if control[PAUSED] or control[HALTED] then return nil end
  local at = max(due, tonumber(job[NOT_BEFORE] or 0), tonumber(job[HELD] or 0))
  if control[INTERVAL] and control[TAT] then at = max(at, floor((control[TAT] - control[BURST]) / 1000)) end
  return at
end

-- The head of a queue in which nothing is running: its id, its fields, when it is due, the control hash, and the fields
-- of the other head (see head). Nil while a request is running, even if its lease was lost. (P1)
-- For most users the first command shows that nothing is running, scheduled or set.
local NO_CONTROL = {}
local function idle_head(queue)
  local active = queue .. 'active'
  if call('EXISTS', active, queue .. 'delayed', queue .. 'control') == 0 then
    local id = call('LINDEX', queue .. 'wait', -1)
    return id, id and job_of(queue, id), 0, NO_CONTROL
  end
  if call('EXISTS', active) == 1 then return nil end
  local id, job, due, other = head(queue)
  return id, job, due, control_of(queue), other
end

-- A `ready` set holds every user of its lane who has something pending and is not leased, by when they may be served. The
-- lane of a user is that of their head. Because time alone can change which of the two heads is next, this returns the
-- lanes of both; nil if the user is in no ready set. A script asks it before it changes the head.
local function lane_of(job) return job[LANE] or 'main' end
local function ready_lanes_of(queue)
  local id, job, _, _, other = idle_head(queue)
  return id and { lane_of(job), other and lane_of(other) or nil }
end

-- Puts the user into the ready set of their head's lane, or takes them out. A score that is already due stays, so that a
-- change does not send the user to the back.
-- `lanes_before`: what ready_lanes_of returned before the change, if the head may have changed.
-- Returns the lane in which to wake a worker, or nil: the user may be served now, or is the first of the lane and may be
-- served before the next poll, so that one sleeper learns when to come. (P5)
local SOON = 2000
local function update_ready(user, queue, lanes_before)
  store_time()
  if call('ZSCORE', LEASES, user) then return nil end
  local id, job, due, control, other = idle_head(queue)
  if not control then return nil end
  local lane = id and lane_of(job)
  if other then lanes_before = { lane_of(other), unpack(lanes_before or {}) } end
  for _, each in ipairs(lanes_before or {}) do
    if each ~= lane then call('ZREM', ready_of(each), user) end
  end
  if not id then
    if call('HDEL', queue .. 'control', 'check') == 1 then expire_if_default(queue) end
    return nil
  end
  local ready, at = ready_of(lane), eligible(job, due, control)
  if not at then call('ZADD', ready, '+inf', user); return nil end
  if at > now then
    call('ZADD', ready, text(at), user)
    return at < now + SOON and call('ZRANGE', ready, 0, 0)[1] == user and lane or nil
  end
  local score = call('ZSCORE', ready, user)
  if not score or tonumber(score) > now then call('ZADD', ready, NOW, user) end
  return lane
end

-- Wakes one sleeping worker of the lane: it claims, and only more changes wake more workers. (P5) A worker that does not
-- receive the message has died, and the next one is tried. On a Cluster the subscribers of other nodes are not counted, so
-- the tries are few. Does nothing for nil.
local function wake(lane)
  if not lane then return end
  for _ = 1, 8 do
    local worker = call('ZPOPMIN', sleepers_of(lane))[1]
    if not worker or call('PUBLISH', 'tw:worker:' .. worker, TAG) > 0 then return end
  end
end
