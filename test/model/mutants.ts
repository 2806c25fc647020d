import { loadScripts, ScriptName } from '../../src/queue/scripts/script-runner';

/** One rule taken out of the scripts, by a change of their text. */
export interface Mutant {
  /** What the mutant lacks. */
  readonly without: string;
  /** The script that is changed; if omitted, every script that has the text. */
  readonly script?: ScriptName;
  readonly text: string;
  readonly becomes: string;
}

export const MUTANTS: readonly Mutant[] = [
  { without: 'the check of the epoch', text: 'shard[1] ~= EPOCH or ', becomes: '' },
  {
    without: 'the check that the shard is open',
    text: 'return shard[1] ~= EPOCH or shard[2] ~= history() or not (shard[3] and shard[4] and shard[6])',
    becomes: 'return shard[1] and shard[1] ~= EPOCH',
  },
  {
    without: 'a clock that never goes back',
    text: 'max(clock + 1, now_us)',
    becomes: 'now_us - 1000000 * (now_us % 2)',
  },
  {
    without: 'a record of the longest lease given',
    text: "call('HSET', SHARD, 'longest', text(ms))",
    becomes: '',
  },
  {
    without: 'the check that the shard has its clock',
    text: 'not (shard[3] and shard[4] and shard[6])',
    becomes: 'not (shard[4] and shard[6])',
  },
  {
    without: 'the check that the shard has its last token',
    text: 'not (shard[3] and shard[4] and shard[6])',
    becomes: 'not (shard[3] and shard[6])',
  },
  {
    without: 'the check that the shard has its longest lease',
    text: 'not (shard[3] and shard[4] and shard[6])',
    becomes: 'not (shard[3] and shard[4])',
  },
  {
    without: 'stopping a queue whose head has no job',
    text: 'if not job[SEQ] then return nil end',
    becomes: '',
  },
  {
    without: 'keeping the turn of a running request whose lease is lost',
    text: "if call('EXISTS', active) == 1 then return nil end",
    becomes: '',
  },
  {
    without: "the check of the clock's steps before a lease is taken back",
    script: 'claim',
    text: 'known_steps == text(steps)',
    becomes: 'true',
  },
  {
    without: "counting the steps back of the server's clock",
    text: 'if now < seen then steps = steps + 1',
    becomes: 'if now < seen then',
  },
  {
    without: 'keeping a lease whose request is unknown',
    script: 'claim',
    text: 'if id and (is_to_run or leased < n) then',
    becomes:
      "if not id then call('ZREM', LEASES, user); update_ready(user, queue) end\n  if id and (is_to_run or leased < n) then",
  },
  {
    without: 'putting back a lost lease at a renewal',
    script: 'renew',
    text: "call('ZADD', LEASES, deadline, user)",
    becomes: "call('ZADD', LEASES, 'XX', deadline, user)",
  },
  {
    without: 'a look-up of every waiting request of a repaired queue',
    script: 'mend',
    text: "if job.id ~= running then call('HSETNX', queue .. job.id, 'check', '1') end",
    becomes: '',
  },
  {
    without: 'the order of a repaired queue',
    script: 'mend',
    text: 'return a.seq < b.seq',
    becomes: 'return a.seq > b.seq',
  },
  {
    without: 'the started request at the head of a repaired queue',
    script: 'mend',
    text: 'if a.has_started ~= b.has_started then',
    becomes: 'if false then',
  },
  {
    without: 'the marks of an attempt that may still be running',
    script: 'mend',
    text: 'running = running or id end',
    becomes: 'running = running end',
  },
  {
    without: 'a lease for an attempt that may still be running',
    script: 'mend',
    text: "if not lease then call('ZADD', LEASES, lease_end(longest), user) end",
    becomes: '',
  },
  {
    without: 'an owner for an attempt that may still be running',
    script: 'mend',
    text: "if not owner then call('HSET', OWNERS, user, '0 nobody') end",
    becomes: '',
  },
  {
    without: 'the settings of a repaired queue',
    script: 'mend',
    text: 'then write_settings(queue, 4) end',
    becomes: 'then return end',
  },
  {
    without: 'the halt of a repaired queue',
    script: 'mend',
    text: "if halting ~= '0' then halt(queue, halting) end",
    becomes: '',
  },
  {
    without: 'keeping the jobs that exist',
    script: 'recreate_jobs',
    text: "if not call('HGET', job, 'seq') then",
    becomes: 'if true then',
  },
  {
    without: 'a token that grows with every lease',
    text: 'token = token + 1; changed',
    becomes: 'token = token; changed',
  },
  {
    without: 'tokens above those of the epochs before',
    script: 'open_shard',
    text: "string.match(EPOCH, '^%d+') * 4294967296",
    becomes: '4294967296',
  },
  {
    without: 'taking the head with the lower seq',
    text: 'is_in_line and tonumber(scheduled[SEQ] or 0) < tonumber(job[SEQ])',
    becomes: 'false',
  },
  {
    without: 'comparing a due scheduled request by its seq',
    text: 'is_in_line and tonumber(scheduled[SEQ] or 0) < tonumber(job[SEQ])',
    becomes: 'is_in_line',
  },
  {
    without: 'passing over a scheduled request that is not due',
    text: 'job and due <= max(now, tonumber(job[HELD] or 0))',
    becomes: 'job',
  },
  {
    without: 'the scheduled time of a request accepted while the clock is ahead',
    script: 'hold',
    text: 'return time, next_seq() end',
    becomes: 'local seq = next_seq(); return seq, seq end',
  },
  {
    without: 'a seq in order of acceptance when the clock is past the scheduled time',
    script: 'hold',
    text: 'if time <= clock then raise_clock(above); return time, next_seq() end',
    becomes: '',
  },
  {
    without: 'the scheduled time after a rebuild',
    script: 'restore',
    text: 'is_its_time and seq or text(free_time(delayed, at * 1000))',
    becomes: 'seq',
  },
  { without: 'the pause', text: 'if control[PAUSED] or control[HALTED]', becomes: 'if control[HALTED]' },
  { without: 'the halt', text: 'if control[PAUSED] or control[HALTED]', becomes: 'if control[PAUSED]' },
  {
    without: 'waiting for the end of a hold',
    text: 'tonumber(job[NOT_BEFORE] or 0), tonumber(job[HELD] or 0))',
    becomes: 'tonumber(job[NOT_BEFORE] or 0))',
  },
  {
    without: 'waiting for the end of a backoff',
    text: 'max(due, tonumber(job[NOT_BEFORE] or 0), ',
    becomes: 'max(due, ',
  },
  {
    without: 'passing over users with a lease',
    text: "if call('ZSCORE', LEASES, user) then return nil end",
    becomes: '',
  },
  {
    without: 'leaving the lane of the head before',
    text: "if each ~= lane then call('ZREM', ready_of(each), user) end",
    becomes: '',
  },
  {
    without: 'the check of the lanes that the worker serves',
    text: 'local at = taker.served[lane_of(job)] and eligible(job, due, control)',
    becomes: 'local at = eligible(job, due, control)',
  },
  {
    without: 'a look-up of an unconfirmed request',
    text: "    look_up = look_up or '1'\n  end",
    becomes: '  end',
  },
  {
    without: 'a look-up of a request that a purge covers',
    text: "tonumber(job[SEQ]) <= tonumber(control[LOOK_UP_TO]) then look_up = look_up or '1'",
    becomes: 'tonumber(job[SEQ]) <= tonumber(control[LOOK_UP_TO]) then look_up = look_up',
  },
  {
    without: 'a token of its own for a purge',
    script: 'begin_purge',
    text: 'local purge_token = next_token()',
    becomes: 'local purge_token = text(token)',
  },
  {
    without: 'clearing the look-up mark when a request is leased',
    text: "if job[LOOK_UP] then call('HDEL', queue .. id, 'check', 'again') end",
    becomes: '',
  },
  {
    without: 'the losses before one that may not have begun',
    text: "local earlier = job[LOOK_UP_TOKEN] and job[LOST] or ''",
    becomes: "local earlier = ''",
  },
  {
    without: 'the first of too many losses',
    text: "if #earlier > LOST_BYTES then earlier = string.match(earlier, '^[^\\n]*\\n') end",
    becomes: "if #earlier > LOST_BYTES then earlier = '' end",
  },
  {
    without: 'a limit of the losses',
    text: "if #earlier > LOST_BYTES then earlier = string.match(earlier, '^[^\\n]*\\n') end",
    becomes: '',
  },
  {
    without: 'forgetting the losses before one that was looked up and handed back',
    text: "'lookup', lease_token, 'lost', lost)",
    becomes: "'lookup', lease_token, 'lost', lost ~= '' and lost or job[LOST] or '')",
  },
  {
    without: 'the losses of a turn that goes back unseen',
    script: 'settle',
    text: "if unused == '2' then put_loss_back(queue, id) end",
    becomes: '',
  },
  {
    without: 'forgetting the losses of a turn that was looked up',
    script: 'settle',
    text: "if unused == '2' then put_loss_back(queue, id) end",
    becomes: 'put_loss_back(queue, id)',
  },
  {
    without: 'a look-up of a request whose lease has ended',
    script: 'claim',
    text: "call('HSET', queue .. id, 'check', is_timed_out and '3' or '2')",
    becomes: '',
  },
  {
    without: 'the mark of a request leased only for a look-up',
    script: 'claim',
    text: "if taker.looks_up_only then look_up = look_up == '3' and '5' or '4' end",
    becomes: '',
  },
  {
    without: 'waiting for room to look a request up',
    script: 'claim',
    text: 'if id and (is_to_run or leased < n) then',
    becomes: 'if id then',
  },
  {
    without: 'a look-up of a lost attempt whose user may not start',
    script: 'claim',
    text: 'at and at <= now and served[lane_of(job)]',
    becomes: 'served[lane_of(job)]',
  },
  {
    without: 'leaving the rate alone when a lease is only for a look-up',
    script: 'claim',
    text: 'if control[INTERVAL] and not taker.looks_up_only then',
    becomes: 'if control[INTERVAL] then',
  },
  {
    without: 'giving back an unused start of the rate',
    script: 'settle',
    text: "if unused ~= '0' then uncount_start(queue, id, lease_token) end",
    becomes: '',
  },
  {
    without: 'the check of the token when a start is given back',
    script: 'settle',
    text: " or call('HGET', queue .. id, 'counted') ~= lease_token",
    becomes: '',
  },
  {
    without: 'applying a changed rate at once',
    script: 'apply_settings',
    text: 'if was[INTERVAL] and was[TAT] then',
    becomes: 'if false then',
  },
  {
    without: 'the cutoff for ended leases',
    script: 'claim',
    text: 'saw_steps and min(now, cutoff)',
    becomes: 'saw_steps and now',
  },
  {
    without: 'shortening leases after the clock stepped back',
    script: 'claim',
    text: "call('ZADD', LEASES, latest_end, user)",
    becomes: '',
  },
  {
    without: 'bounding the answer to an extension after the clock stepped back',
    script: 'extend',
    text: "min(tonumber(call('ZSCORE', LEASES, user) or 0), now + longest)",
    becomes: "tonumber(call('ZSCORE', LEASES, user) or 0)",
  },
  {
    without: 'ending a hold that began before the clock stepped back',
    text: "if job[HELD] and was_set_back(job[TIMESTAMP]) then job[HELD] = '0' end",
    becomes: '',
  },
  {
    without: 'ending a backoff that began before the clock stepped back',
    text: "if job[SINCE] and was_set_back(job[SINCE]) then job[NOT_BEFORE] = '0' end",
    becomes: '',
  },
  {
    without: 'filling the bucket of a rate after the clock stepped back',
    text: 'if control[TAT] and was_set_back(',
    becomes: 'if false and was_set_back(',
  },
  {
    without: 'recomputing the due times of users after the clock stepped back',
    script: 'claim',
    text: 'for _, lane in ipairs(lanes) do recompute_scores(ready_of(lane)) end',
    becomes: '',
  },
  {
    without: 'shortening leases to no less than the longest lease given',
    script: 'claim',
    text: 'text(now + longest)',
    becomes: 'NOW',
  },
  {
    without: 'returning a request whose lease has ended to the head',
    script: 'claim',
    text: "call('RPUSH', queue .. 'wait', id)",
    becomes: "call('LPUSH', queue .. 'wait', id)",
  },
  {
    without: 'retries in place',
    script: 'settle',
    text: "call('RPUSH', queue .. 'wait', id)",
    becomes: "call('LPUSH', queue .. 'wait', id)",
  },
  {
    without: "the check of the owner's token in settle",
    script: 'settle',
    text: 'not is_lease_of(user, lease_token)',
    becomes: 'false',
  },
  {
    without: "the check of the owner's token in renew",
    script: 'renew',
    text: 'if is_lease_of(user, lease_token) then',
    becomes: "if call('HGET', OWNERS, user) then",
  },
  {
    without: 'reporting a cancel at a renewal',
    script: 'renew',
    text: "if id and call('HGET', queue .. id, 'cancelled')",
    becomes: 'if false',
  },
  {
    without: "the check of the owner's token in extend",
    script: 'extend',
    text: 'owner_token ~= lease_token or ',
    becomes: '',
  },
  {
    without: 'the check of the account that has an external lease',
    script: 'extend',
    text: "if holder and not string.find(worker, holder, 1, true) then return 'OTHERS' end",
    becomes: '',
  },
  {
    without: 'the check in extend that the lease has not ended',
    script: 'extend',
    text: 'ends <= now or ',
    becomes: '',
  },
  {
    without: 'the check of the request that a lease is for',
    script: 'extend',
    text: "or call('LINDEX', queue .. 'active', 0) ~= id",
    becomes: '',
  },
  {
    without: 'keeping a lease that is longer than its extension',
    script: 'extend',
    text: 'if now + lease + grace_ms > ends then',
    becomes: 'if true then',
  },
  {
    without: 'reporting at least the end of lease that the worker was given before',
    script: 'extend',
    text: 'max(lease, ends - grace_ms - now)',
    becomes: 'lease',
  },
  {
    without: "the time limit of an external worker's attempt in extend",
    script: 'extend',
    text: 'if lease <= 0 then',
    becomes: 'if false then',
  },
  {
    without: "ending a lease at the time limit of an external worker's attempt",
    script: 'claim',
    text: 'if limit <= tonumber(deadline) then',
    becomes: 'if false then',
  },
  {
    without: 'the mark of a lease that ends with the time limit',
    script: 'claim',
    text: "call('HSET', queue .. id, 'limit', lease_token)",
    becomes: '',
  },
  {
    without: 'the token in the mark of a lease that ends with the time limit',
    script: 'claim',
    text: "is_lease_of(user, call('HGET', queue .. id, 'limit'))",
    becomes: "call('HEXISTS', queue .. id, 'limit') == 1",
  },
  {
    without: 'a look-up of a request that was handed back',
    script: 'settle',
    text: "if op ~= 'retry' then call('HSET', queue .. id, 'check', '1') end",
    becomes: "if op == 'recheck' then call('HSET', queue .. id, 'check', '1') end",
  },
  {
    without: 'a look-up of a suspect before its retry',
    script: 'settle',
    text: "if op ~= 'retry' then call('HSET', queue .. id, 'check', '1') end",
    becomes: "if op == 'back' then call('HSET', queue .. id, 'check', '1') end",
  },
  {
    without: 'the wait of a request that was handed back for later',
    script: 'settle',
    text: "elseif asked == 'back' and not_before ~= '0' then",
    becomes: 'elseif false then',
  },
  {
    without: 'ending a cancelled request instead of its retry',
    script: 'settle',
    text: "if is_retried and call('HGET', queue .. id, 'cancelled') then",
    becomes: 'if false then',
  },
  {
    without: 'another look-up of a request that was confirmed while leased',
    script: 'confirm',
    text: "call('HSET', queue .. id, 'again', '1')",
    becomes: '',
  },
  {
    without: 'believing an end that the turn has recorded itself',
    script: 'settle',
    text: "unused ~= '0' and ended ~= 'succeeded'",
    becomes: "ended ~= 'succeeded'",
  },
  {
    without: 'forgetting at a retry that a request was confirmed while leased',
    script: 'settle',
    text: ", 'first', 'again')",
    becomes: ", 'first')",
  },
  {
    without: 'forgetting at a look-up that a request was confirmed while leased',
    text: "call('HDEL', queue .. id, 'check', 'again')",
    becomes: "call('HDEL', queue .. id, 'check')",
  },
  {
    without: 'giving way to other users who are due',
    script: 'settle',
    text: "want == '2' and not is_another_due()",
    becomes: "want == '2'",
  },
  {
    without: 'the halt in the same script call as the failure',
    script: 'settle',
    text: "if halting ~= '0' and halt(queue, halting) then",
    becomes: 'if false then',
  },
  {
    without: 'ignoring a halt that is already lifted',
    text: 'tonumber(halting) > max(released, halted)',
    becomes: 'tonumber(halting) > halted',
  },
  {
    without: 'keeping a later halt',
    script: 'lift_halt',
    text: 'if halted and tonumber(halted) <= decided',
    becomes: 'if halted',
  },
  {
    without: 'keeping newer settings',
    script: 'apply_settings',
    text: "if tonumber(call('HGET', queue .. 'control', 'version') or 0) > tonumber(version) then return 'OLD' end",
    becomes: '',
  },
  {
    without: 'the same answer to a repeated hold',
    script: 'hold',
    text: 'elseif known then',
    becomes: 'elseif false then',
  },
  {
    without: 'the limit of the depth',
    script: 'hold',
    text: 'running >= depth then',
    becomes: 'running >= 9e9 then',
  },
  {
    without: 'the limit of bytes',
    script: 'hold',
    text: 'pending + bytes > max_bytes * share',
    becomes: 'false',
  },
  {
    without: 'accepting one large payload however large it is',
    script: 'hold',
    text: 'bytes > SMALL and tonumber',
    becomes: 'tonumber',
  },
  {
    without: 'counting the bytes of a held request',
    script: 'hold',
    text: '    add_bytes(queue, bytes)\n',
    becomes: '',
  },
  {
    without: 'subtracting the bytes of a removed request',
    text: "if bytes > SMALL and call('DECRBY', queue .. 'bytes', text(bytes)) <= 0 then call('DEL', queue .. 'bytes') end",
    becomes: '',
  },
  {
    without: 'removing the byte count with the last large payload',
    text: "<= 0 then call('DEL', queue .. 'bytes') end",
    becomes: '<= 0 then end',
  },
  {
    without: 'leaving small payloads out of the byte count',
    text: 'local SMALL = 1024',
    becomes: 'local SMALL = 1023',
  },
  {
    without: 'counting the bytes of a restored request',
    text: 'add_bytes(queue, #data)',
    becomes: '',
  },
  {
    without: 'clearing the byte count before a rebuild',
    script: 'begin_rebuild',
    text: "queue .. 'meta-paused', queue .. 'bytes')",
    becomes: "queue .. 'meta-paused')",
  },
  {
    without: 'counting the bytes of a repaired queue',
    script: 'mend',
    text: 'add_bytes(queue, bytes_pending)',
    becomes: '',
  },
  {
    without: 'clearing the byte count of a repaired queue',
    script: 'mend',
    text: "queue .. 'active', queue .. 'bytes')",
    becomes: "queue .. 'active')",
  },
  {
    without: 'keeping the order of equal due times',
    script: 'hold',
    text: 'if not last then return from end',
    becomes: 'do return from end',
  },
  {
    without: 'answering BUSY for a request that is in the queue',
    script: 'hold',
    text: "if known and old_seq ~= '0' and not job[2] then out[#out + 1] = 'BUSY'\n  elseif",
    becomes: 'if',
  },
  {
    without: 'the place by seq of a request that was handed back without having started',
    script: 'settle',
    text: 'if next_seq and tonumber(next_seq) < seq then',
    becomes: 'if false then',
  },
  {
    without: 'forgetting the start of an attempt that started nothing',
    script: 'settle',
    text: "call('HDEL', queue .. id, 'processedOn', 'worker', 'first')",
    becomes: '',
  },
  {
    without: 'the head for a request that has started before it was handed back',
    script: 'settle',
    text: "call('HGET', queue .. id, 'first') == lease_token",
    becomes: 'true',
  },
  {
    without: 'the line for a scheduled request of a repaired queue that was due',
    script: 'mend',
    text: " and not (is_line and not call('ZSCORE', queue .. 'delayed', id))",
    becomes: '',
  },
  {
    without: 'the old place of a request that is put back',
    script: 'hold',
    text: "elseif old_seq ~= '0' then place(queue, id, tonumber(seq))\n",
    becomes: '',
  },
  {
    without: 'keeping started requests at the head',
    text: 'if started(job) or tonumber(job[SEQ] or 0) < seq then low',
    becomes: 'if tonumber(job[SEQ] or 0) < seq then low',
  },
  {
    without: 'a look-up of a request that is put back',
    script: 'hold',
    text: "if old_seq ~= '0' then call('HSET', queue .. id, 'check', '1') end",
    becomes: '',
  },
  {
    without: 'the check of the seq in confirm',
    script: 'confirm',
    text: "if job[1] ~= seq then out[#out + 1] = 'GONE'\n  else",
    becomes: 'do',
  },
  {
    without: 'giving up only held requests',
    script: 'confirm',
    text: '    if job[2] then\n',
    becomes: '    if true then\n',
  },
  {
    without: 'ending a backoff',
    script: 'end_backoff',
    text: "call('HSET', queue .. id, 'notBefore', NOW, 'since', NOW)",
    becomes: '',
  },
  {
    without: 'making a user due whose backoff has ended',
    script: 'end_backoff',
    text: 'wake(update_ready(user, queue))',
    becomes: '',
  },
  {
    without: 'leaving the backoff of a later attempt',
    script: 'end_backoff',
    text: 'made == failed and ',
    becomes: '',
  },
  {
    without: 'waiting until the attempt that failed is settled',
    script: 'end_backoff',
    text: "made < failed and 'BUSY' or 'OK'",
    becomes: "'OK'",
  },
  {
    without: 'waiting for the handler of a cancelled request',
    script: 'cancel',
    text: 'elseif active then',
    becomes: 'elseif false then',
  },
  {
    without: 'keeping the mark of a crash',
    script: 'cancel',
    text: "if not call('HGET', queue .. id, 'check') then",
    becomes: 'if true then',
  },
  {
    without: 'ignoring a repeated restore',
    script: 'restore',
    text: "if call('EXISTS', queue .. id) == 0 then",
    becomes: 'if true then',
  },
  {
    without: 'a look-up of the first request of each user after a recovery',
    script: 'restore',
    text: "if user ~= last or attempts_made ~= '0' or",
    becomes: "if attempts_made ~= '0' or",
  },
  {
    without: 'restoring halts',
    script: 'restore_control',
    text: "if halting ~= '0' then halt(queue, halting) end",
    becomes: '',
  },
  {
    without: 'wiping the shard before a rebuild',
    script: 'begin_rebuild',
    text: 'if wipe(queue_of(user)) then',
    becomes: 'if true then',
  },
  {
    without: 'the fence against an older recovery while another one rebuilds',
    script: 'begin_rebuild',
    text: ' or is_newer(begun, there)',
    becomes: '',
  },
  {
    without: 'the fence against an older recovery after another one has opened the shard',
    script: 'begin_rebuild',
    text: 'is_newer(open, shard[2]) or ',
    becomes: '',
  },
  {
    without: 'the check of the installation that has opened the shard',
    script: 'begin_rebuild',
    text: 'local other = owner or beginner',
    becomes: 'local other = beginner',
  },
  {
    without: 'the check of the installation that rebuilds the shard',
    script: 'begin_rebuild',
    text: 'local other = owner or beginner',
    becomes: 'local other = owner',
  },
  {
    without: 'the check of the installation',
    text: 'shard[1] ~= EPOCH or ',
    becomes: "string.match(shard[1] or '', '^%d+') ~= string.match(EPOCH, '^%d+') or ",
  },
];

/** The scripts without one rule. @throws if no script has the text */
export function scriptsWithout({ script, text, becomes, without }: Mutant): [ScriptName, string][] {
  let found = false;
  const scripts = [...loadScripts()].map(([name, lua]): [ScriptName, string] => {
    if (!lua.includes(text) || (script !== undefined && name !== script)) return [name, lua];
    found = true;
    return [name, lua.replace(text, () => becomes)];
  });
  if (!found) throw new Error(`the text of the rule "${without}" stands nowhere`);
  return scripts;
}
