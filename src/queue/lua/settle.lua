-- settle: ends an attempt for the user's queue, and passes the turn on. Only for the owner's token. (P1, P2)
-- In    ARGV[3] worker, [4] LEASE ms, [5] its lanes; items from ARGV[6]: user, id, token, op, attemptsMade, notBefore,
--       halting, ended, unused, want, since
--       op    done: the request has ended, its job is forgotten; but if it was confirmed while it was looked up, it is
--             as back. retry: it stays at the head until notBefore (ms); but one that was cancelled is as done.
--             recheck: as retry, but whoever is given it looks it up first.
--             back: it returns to the head, not run to its end; whoever is given it, not before notBefore (0: at once), looks
--             it up first.
--       halting: of a failed request whose policy halts the queue, the token that it failed under; else 0.
--       ended what listeners are told of a request that is done: succeeded, failed, cancelled (unless cancel has told
--             it), or nothing.
--       unused 1: nothing was started, so the rate counts no start. Else 0.
--       since when the wait until notBefore began, ms, by the clock that notBefore is of; 0 if unknown.
--       want  1: the user's next at once, if it is of the worker's lanes. 2: only if nobody else may start. 0: no.
-- Out   { now, a code an item: 'OK' | 'LOST' (the lease is somebody else's), jobs (see _lease_head.lua) } | 'CLOSED'
-- Does  may be repeated: the second time is 'LOST', and whoever has the lease looks the request up.
if closed() then return 'CLOSED' end
local mine, served = lanes_of(ARGV[5])
local taker = { worker = ARGV[3], deadline = lease_end(ARGV[4]), served = served }
local codes, jobs = {}, {}
local function others_due()
  for _, lane in ipairs(mine) do
    if call('ZRANGEBYSCORE', ready_of(lane), '-inf', NOW, 'LIMIT', 0, 1)[1] then return true end
  end
end
local function give_start_back(queue, id, mine)
  local control = control_of(queue)
  if not control[INTERVAL] or not control[TAT] or call('HGET', queue .. id, 'counted') ~= mine then return end
  call('HSET', queue .. 'control', 'tat', text(control[TAT] - control[INTERVAL]))
end
for i = 6, #ARGV, 11 do
  local user, id, op, ended, want = ARGV[i], ARGV[i + 1], ARGV[i + 3], ARGV[i + 7], ARGV[i + 9]
  local queue = queue_of(user)
  local owner = call('HGET', OWNERS, user)
  if not owner or string.match(owner, '^%d+') ~= ARGV[i + 2] then codes[#codes + 1] = 'LOST'
  else
    if ARGV[i + 8] == '1' then give_start_back(queue, id, ARGV[i + 2]) end
    local is_retried = op == 'retry' or op == 'recheck'
    if is_retried and call('HGET', queue .. id, 'cancelled') then op, ended = 'done', '' end
    -- A success is on record for good; anything else may have been read before the request was decided to run again.
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
    local next_given = (want == '1' or (want == '2' and not others_due())) and give(user, queue, taker, jobs)
    if not next_given then
      call('ZREM', LEASES, user)
      call('HDEL', OWNERS, user)
      wake(schedule(user, queue))
    end
    codes[#codes + 1] = 'OK'
  end
end
save()
return { NOW, codes, jobs }
