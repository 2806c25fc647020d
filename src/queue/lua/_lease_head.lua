-- The lanes of a caller, as words: a list of them, and a set.
local function lanes_of(words)
  local list, served = {}, {}
  for lane in string.gmatch(words, '%S+') do list[#list + 1] = lane; served[lane] = true end
  return list, served
end

-- Included by claim and settle: leases the user's head to a taker, or gives nothing if it may not start, or is not of
-- the taker's lanes. (P1: the lease is the user's concurrency of 1.)
-- `taker`: { worker, deadline: the end of its leases, served: the set of its lanes, grace: of external workers }. With a
-- grace a lease ends with the attempt's time limit and so many ms, and the job bears the token of a lease that goes to
-- that limit.
-- A taker that `judges` instead starts nothing: it is given the head of any lane, also of a user who may not start, and
-- no start is counted. Its check is '4' for '2', '5' for '3'.
-- Appends the job to `out`: user, id, seq, token, check, attemptsMade, name, data, opts, timestamp, notBefore, and of
-- the attempt that was taken back: processedOn, worker, and if it was to be looked up first, its token.
local function give(user, queue, taker, out)
  local worker, deadline = taker.worker, taker.deadline
  local id, job, due, control = look(queue)
  if not id or not job[SEQ] then return false end
  if not taker.judges then
    local at = taker.served[job[LANE] or 'main'] and eligible(job, due, control)
    if not at or at > now then return false end
  end
  if due == 0 then call('RPOPLPUSH', queue .. 'wait', queue .. 'active')
  else call('ZREM', queue .. 'delayed', id); call('LPUSH', queue .. 'active', id) end
  raise_clock(tonumber(job[SEQ])) -- nothing accepted later may get a lower seq than one that has started (P2)
  local mine = next_token()
  if taker.grace then
    local limit = now + cjson.decode(job[OPTS]).timeout + taker.grace
    if limit <= tonumber(deadline) then
      deadline = text(limit)
      call('HSET', queue .. id, 'limit', mine)
    end
  end
  call('ZADD', LEASES, deadline, user)
  call('HSET', OWNERS, user, mine .. ' ' .. worker)
  -- The rate counts this start; the job bears its token, so that it is given back if nothing was started. (settle)
  if control[INTERVAL] and not taker.judges then
    call('HSET', queue .. 'control', 'tat', text(max(now_us, tonumber(control[TAT] or 0)) + control[INTERVAL]))
    call('HSET', queue .. id, 'counted', mine)
  end
  local check = job[CHECK]
  if control[LOOK_UP] then
    if tonumber(job[SEQ]) <= tonumber(control[LOOK_UP]) then check = check or '1'
    else call('HDEL', queue .. 'control', 'check'); rest(queue) end -- all that was meant has gone
  end
  if job[HELD] then -- given out unconfirmed: its document may be missing (P3)
    call('HDEL', queue .. id, 'held')
    check = check or '1'
  end
  call('HSET', queue .. id, 'processedOn', NOW, 'worker', worker)
  -- Used up by this attempt; one that is set while it runs is for the next.
  if job[CHECK] then call('HDEL', queue .. id, 'check') end
  -- A look-up leaves its token on record: without it there, this attempt has not begun to run.
  if check then call('HSET', queue .. id, 'lookup', mine)
  elseif job[LOOKUP] then call('HDEL', queue .. id, 'lookup') end
  -- One that is to be looked up may not run at all: whoever does says that it started.
  if not check then emit(user, 'request.started', id, format('{"attempt":%d}', (job[ATTEMPTS_MADE] or 0) + 1)) end
  if taker.judges then check = check == '3' and '5' or '4' end
  local n = #out
  out[n + 1], out[n + 2], out[n + 3], out[n + 4], out[n + 5] = user, id, job[SEQ], mine, check or '0'
  out[n + 6], out[n + 7], out[n + 8], out[n + 9] = job[ATTEMPTS_MADE] or '0', job[NAME], job[DATA], job[OPTS]
  out[n + 10], out[n + 11] = job[TIMESTAMP], text(max(due, tonumber(job[NOT_BEFORE] or 0)))
  out[n + 12], out[n + 13], out[n + 14] = job[PROCESSED_ON] or '', job[WORKER] or '', job[LOOKUP] or ''
  return true
end
