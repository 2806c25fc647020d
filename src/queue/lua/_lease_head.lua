-- Included by claim and settle.

-- The caller's lanes, from words: as a list and as a set.
local function parse_lanes(words)
  local list, served = {}, {}
  for lane in string.gmatch(words, '%S+') do list[#list + 1] = lane; served[lane] = true end
  return list, served
end

-- Lost attempts that MongoDB may not know, latest last. One line each: mark, start, look-up token, worker. If the latest was
-- looked up first, and MongoDB was away, it never began, and told MongoDB nothing of those before it: only MongoDB can say which
-- of them was the last to begin. '' if none was lost.
-- If there are too many, the first one stays, because it is the likeliest to have begun, and the others are forgotten. (P4)
local LOST_BYTES = 1000
local function lost_before(job)
  if (job[LOOK_UP] or '1') == '1' then return '' end
  local earlier = job[LOOK_UP_TOKEN] and job[LOST] or ''
  if #earlier > LOST_BYTES then earlier = string.match(earlier, '^[^\n]*\n') end
  return earlier .. format('%s %s %s %s\n', job[LOOK_UP], job[PROCESSED_ON] or '', job[LOOK_UP_TOKEN] or '', job[WORKER] or '')
end

-- Leases the user to a worker and moves the head to `active`. Returns false, and does nothing, if the head may not start or is
-- in a lane that the worker does not serve. (P1: the lease is the user's concurrency of 1.)
-- `taker`: { worker, deadline: the end of the lease, served: the set of its lanes, grace: of an external worker, ms }.
--       With a grace the lease ends no later than the attempt's time limit plus the grace; the job's `limit` is the token of a
--       lease that goes that far.
--       looks_up_only: the worker gets the head of any lane, even of a user who may not start, to look it up but not to run
--       it; no start is counted.
-- Appends the job to `out`: user, id, seq, token, look_up, attemptsMade, name, data, opts, timestamp, notBefore, and the
-- attempts that were lost (see lost_before).
--       look_up: why to look it up in MongoDB before it runs. 0: need not. 1: it may not be accepted, or may have ended. 2: its
--       worker died. 3: its external worker used up the time limit. 4 as 2, 5 as 3, but only look it up. (leased-job.ts)
local function lease_head(user, queue, taker, out)
  local worker, deadline = taker.worker, taker.deadline
  local id, job, due, control = idle_head(queue)
  if not id or not job[SEQ] then return false end
  if not taker.looks_up_only then
    local at = taker.served[lane_of(job)] and eligible(job, due, control)
    if not at or at > now then return false end
  end
  if due == 0 then call('RPOPLPUSH', queue .. 'wait', queue .. 'active')
  else call('ZREM', queue .. 'delayed', id); call('LPUSH', queue .. 'active', id) end
  raise_clock(tonumber(job[SEQ])) -- nothing accepted later may get a lower seq than one that has started (P2)
  local lease_token = next_token()
  if taker.grace then
    local limit = now + cjson.decode(job[OPTS]).timeout + taker.grace
    if limit <= tonumber(deadline) then
      deadline = text(limit)
      call('HSET', queue .. id, 'limit', lease_token)
    end
  end
  call('ZADD', LEASES, deadline, user)
  call('HSET', OWNERS, user, lease_token .. ' ' .. worker)
  -- The rate counts this start. The job keeps the token, so that settle can take the start back if nothing was started.
  if control[INTERVAL] and not taker.looks_up_only then
    call('HSET', queue .. 'control', 'tat', text(max(now_us, tonumber(control[TAT] or 0)) + control[INTERVAL]))
    call('HSET', queue .. id, 'counted', lease_token)
  end
  local look_up = job[LOOK_UP]
  if control[LOOK_UP_TO] then
    if tonumber(job[SEQ]) <= tonumber(control[LOOK_UP_TO]) then look_up = look_up or '1'
    else call('HDEL', queue .. 'control', 'check'); expire_if_default(queue) end -- all requests up to it have gone
  end
  if job[HELD] then -- it was not confirmed: its document may be missing (P3)
    call('HDEL', queue .. id, 'held')
    look_up = look_up or '1'
  end
  local began = { 'processedOn', NOW, 'worker', worker }
  if not started(job) then began[5], began[6] = 'first', lease_token end
  call('HSET', queue .. id, unpack(began))
  -- This attempt uses the mark up; a mark that is set while it runs is for the next attempt. A confirm that came during an
  -- earlier attempt is answered by the look-up of this one.
  if job[LOOK_UP] then call('HDEL', queue .. id, 'check', 'again') end
  -- A look-up writes its token to MongoDB. If it is not there, this attempt has not begun to run.
  local lost = lost_before(job)
  if look_up then call('HSET', queue .. id, 'lookup', lease_token, 'lost', lost)
  elseif job[LOOK_UP_TOKEN] then call('HDEL', queue .. id, 'lookup', 'lost') end
  -- A request that is looked up first may not run at all: the worker emits the event if it does.
  if not look_up then emit(user, 'request.started', id, format('{"attempt":%d}', (job[ATTEMPTS_MADE] or 0) + 1)) end
  if taker.looks_up_only then look_up = look_up == '3' and '5' or '4' end
  local n = #out
  out[n + 1], out[n + 2], out[n + 3], out[n + 4], out[n + 5] = user, id, job[SEQ], lease_token, look_up or '0'
  out[n + 6], out[n + 7], out[n + 8], out[n + 9] = job[ATTEMPTS_MADE] or '0', job[NAME], job[DATA], job[OPTS]
  out[n + 10], out[n + 11] = job[TIMESTAMP], text(max(due, tonumber(job[NOT_BEFORE] or 0)))
  out[n + 12] = lost
  return true
end
