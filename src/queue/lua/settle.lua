-- settle: ends an attempt in the user's queue, and passes the turn on. Only with the token of the lease. (P1, P2)
-- In    ARGV[3] worker, [4] LEASE ms, [5] its lanes; items from ARGV[6]: user, id, token, op, attemptsMade, notBefore,
--       halting, ended, unused, want, since
--       op       done: the request has ended, its job is removed; but if it was confirmed while it was looked up, as back.
--                retry: it stays at the head until notBefore (ms); if it was cancelled, as done.
--                recheck: as retry, but it is looked up before it runs.
--                back: it returns to the head without having ended. It is looked up before it runs, not before notBefore
--                (0: at once).
--       halting  of a failed request that halts the queue, the token under which it failed; else 0
--       ended    the event of a request that is done: succeeded, failed, cancelled (unless cancel has emitted it); or ''
--       unused   1: nothing was started, so the rate does not count a start; else 0
--       want     1: lease the user's next request at once, if the worker serves its lane. 2: only if no other user is due. 0: no
--       since    when the wait until notBefore began (ms, by the clock of notBefore), 0 if unknown
-- Out   { now, for each item: 'OK' | 'LOST' (the lease is another worker's), jobs (see _lease_head.lua) } | 'CLOSED'
-- Does  may be repeated: the second call returns 'LOST', and the worker that has the lease looks the request up.
if closed() then return 'CLOSED' end
local lanes, served = parse_lanes(ARGV[5])
local taker = { worker = ARGV[3], deadline = lease_end(ARGV[4]), served = served }
local codes, jobs = {}, {}
local function is_another_due()
  for _, lane in ipairs(lanes) do
    if call('ZRANGEBYSCORE', ready_of(lane), '-inf', NOW, 'LIMIT', 0, 1)[1] then return true end
  end
end
local function uncount_start(queue, id, lease_token)
  local control = control_of(queue)
  if not control[INTERVAL] or not control[TAT] or call('HGET', queue .. id, 'counted') ~= lease_token then return end
  call('HSET', queue .. 'control', 'tat', text(control[TAT] - control[INTERVAL]))
end
for i = 6, #ARGV, 11 do
  local user, id, op, ended, want = ARGV[i], ARGV[i + 1], ARGV[i + 3], ARGV[i + 7], ARGV[i + 9]
  local queue = queue_of(user)
  if not is_lease_of(user, ARGV[i + 2]) then codes[#codes + 1] = 'LOST'
  else
    if ARGV[i + 8] == '1' then uncount_start(queue, id, ARGV[i + 2]) end
    local is_retried = op == 'retry' or op == 'recheck'
    if is_retried and call('HGET', queue .. id, 'cancelled') then op, ended = 'done', '' end
    -- A success is final; any other end may have been read before the request was accepted or retried.
    if op == 'done' and ended ~= 'succeeded' and call('HDEL', queue .. id, 'again') == 1 then op = 'back' end
    call('DEL', queue .. 'active')
    if op == 'done' then
      if ended == 'cancelled' and call('HGET', queue .. id, 'cancelled') then ended = '' end
      drop_job(queue, id)
      if ended ~= '' then emit(user, 'request.' .. ended, id) end
      if ARGV[i + 6] ~= '0' and halt(queue, ARGV[i + 6]) then emit(user, 'queue.halted', id) end
    else
      call('RPUSH', queue .. 'wait', id)
      if op ~= 'back' then
        call('HSET', queue .. id, 'attemptsMade', ARGV[i + 4], 'notBefore', ARGV[i + 5], 'since', ARGV[i + 10])
        call('HDEL', queue .. id, 'processedOn', 'worker', 'lookup', 'limit', 'counted')
        emit(user, 'request.retrying', id, format('{"nextAttemptAt":%s}', ARGV[i + 5]))
      elseif ARGV[i + 3] == 'back' and ARGV[i + 5] ~= '0' then
        call('HSET', queue .. id, 'notBefore', ARGV[i + 5], 'since', ARGV[i + 10])
      end
      if op ~= 'retry' then call('HSET', queue .. id, 'check', '1') end
    end
    local is_next_leased = (want == '1' or (want == '2' and not is_another_due())) and lease_head(user, queue, taker, jobs)
    if not is_next_leased then
      call('ZREM', LEASES, user)
      call('HDEL', OWNERS, user)
      wake(update_ready(user, queue))
    end
    codes[#codes + 1] = 'OK'
  end
end
save_counters()
return { NOW, codes, jobs }
