-- settle: ends an attempt in the user's queue, and passes the turn on. Only with the token of the lease. (P1, P2)
-- In    ARGV[3] worker, [4] LEASE ms, [5] its lanes; items from ARGV[6]: user, id, token, op, attemptsMade, notBefore,
--       halting, ended, unused, want, since
--       op       done: the request has ended, its job is removed; but if that was only read (unused), and it was confirmed
--                meanwhile, as back.
--                retry: it stays at the head until notBefore (ms); if it was cancelled, as done.
--                recheck: as retry, but it is looked up before it runs.
--                back: it returns to the head without having ended. It is looked up before it runs, not before notBefore
--                (0: at once).
--       halting  of a failed request that halts the queue, the token under which it failed; else 0
--       ended    the event of a request that is done: succeeded, failed, cancelled (unless cancel has emitted it); or ''
--       unused   1: nothing was started, so the rate does not count a start, and a request that has never started returns to its
--                place by seq: an older one that was put back meanwhile goes first (P2). 2: of back, nor was it looked up, so the
--                next worker gets it as this one did, with the attempts that were lost before. Else 0
--       want     1: lease the user's next request at once, if the worker serves its lane. 2: only if no other user is due. 0: no
--       since    when the wait until notBefore began (ms, by the clock of notBefore), 0 if unknown
-- Out   { now, for each item: 'OK' | 'LOST' (the lease is another worker's), jobs (see _lease_head.lua) } | 'CLOSED'
-- Does  may be repeated: the second call returns 'LOST', and the worker that has the lease looks the request up.
if closed() then return 'CLOSED' end
local worker, lease_ms, lane_words = unpack(ARGV, 3, 5)
local lanes, served = parse_lanes(lane_words)
local taker = { worker = worker, deadline = lease_end(lease_ms), served = served }
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
-- Undoes what lease_head wrote about the attempts that were lost before.
local function put_loss_back(queue, id)
  local lost = call('HGET', queue .. id, 'lost') or ''
  local earlier, mark, at, look_up_token, worker = string.match(lost, '^(.-)(%d) (%d*) (%d*) ([^\n]*)\n$')
  if not mark then return end
  call('HSET', queue .. id, 'check', mark, 'processedOn', at, 'worker', worker, 'lookup', look_up_token, 'lost', earlier)
end
-- Returns a request that has not started to its place: behind the head if that is older, because it was put back meanwhile. An id
-- without a job stays where it is, and this one before it.
local function put_in_line(queue, id)
  local next = call('LINDEX', queue .. 'wait', -1)
  local seq, next_seq = tonumber(call('HGET', queue .. id, 'seq')), next and call('HGET', queue .. next, 'seq')
  if next_seq and tonumber(next_seq) < seq then place(queue, id, seq) else call('RPUSH', queue .. 'wait', id) end
end
for i = 6, #ARGV, 11 do
  local user, id, lease_token, asked, attempts_made, not_before, halting, ended, unused, want, since = unpack(ARGV, i, i + 10)
  local queue, op = queue_of(user), asked -- a cancel or a confirm meanwhile may change the op
  if not is_lease_of(user, lease_token) then codes[#codes + 1] = 'LOST'
  else
    if unused ~= '0' then uncount_start(queue, id, lease_token) end
    local is_retried = op == 'retry' or op == 'recheck'
    if is_retried and call('HGET', queue .. id, 'cancelled') then op, ended = 'done', '' end
    -- An end that a look-up has read may be older than a confirm that came meanwhile, except a success. What the turn itself
    -- has recorded is the last word. (P3)
    local may_be_older = unused ~= '0' and ended ~= 'succeeded'
    if op == 'done' and may_be_older and call('HDEL', queue .. id, 'again') == 1 then op = 'back' end
    call('DEL', queue .. 'active')
    if op == 'done' then
      if ended == 'cancelled' and call('HGET', queue .. id, 'cancelled') then ended = '' end
      drop_job(queue, id)
      if ended ~= '' then emit(user, 'request.' .. ended, id) end
      if halting ~= '0' and halt(queue, halting) then emit(user, 'queue.halted', id) end
    else
      if unused ~= '0' and op == 'back' and call('HGET', queue .. id, 'first') == lease_token then
        call('HDEL', queue .. id, 'processedOn', 'worker', 'first')
        put_in_line(queue, id)
      else call('RPUSH', queue .. 'wait', id) end
      if op ~= 'back' then
        call('HSET', queue .. id, 'attemptsMade', attempts_made, 'notBefore', not_before, 'since', since)
        call('HDEL', queue .. id, 'processedOn', 'worker', 'lookup', 'lost', 'limit', 'counted', 'first', 'again')
        emit(user, 'request.retrying', id, format('{"nextAttemptAt":%s}', not_before))
      elseif asked == 'back' and not_before ~= '0' then
        call('HSET', queue .. id, 'notBefore', not_before, 'since', since)
      end
      if op ~= 'retry' then call('HSET', queue .. id, 'check', '1') end
      if unused == '2' then put_loss_back(queue, id) end
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
