import { loadScripts, ScriptName } from '../../src/queue/scripts/script-runner';

/** One rule of the scripts taken out, by a change of their text. */
export interface Mutant {
  /** What the rule is for. */
  readonly without: string;
  /** The script that is changed; undefined: wherever the text stands. */
  readonly script?: ScriptName;
  readonly text: string;
  readonly becomes: string;
}

export const MUTANTS: readonly Mutant[] = [
  { without: 'the gate: the epoch', text: 'shard[1] ~= EPOCH or ', becomes: '' },
  {
    without: 'the gate: a shard that is not open',
    text: 'return shard[1] ~= EPOCH or shard[2] ~= history() or not (shard[3] and shard[4] and shard[6])',
    becomes: 'return shard[1] and shard[1] ~= EPOCH',
  },
  {
    without: 'the clock that only grows',
    text: 'max(clock + 1, now_us)',
    becomes: 'now_us - 1000000 * (now_us % 2)',
  },
  {
    without: 'the longest lease that was given',
    text: "call('HSET', SHARD, 'longest', text(ms))",
    becomes: '',
  },
  {
    without: 'the gate: a shard that has lost its clock',
    text: 'not (shard[3] and shard[4] and shard[6])',
    becomes: 'not (shard[4] and shard[6])',
  },
  {
    without: 'the gate: a shard that has lost its last token',
    text: 'not (shard[3] and shard[4] and shard[6])',
    becomes: 'not (shard[3] and shard[6])',
  },
  {
    without: 'the gate: a shard that has lost its longest lease',
    text: 'not (shard[3] and shard[4] and shard[6])',
    becomes: 'not (shard[3] and shard[4])',
  },
  {
    without: 'an id without a job that holds its queue',
    text: 'if not job[SEQ] then return nil end',
    becomes: '',
  },
  {
    without: 'a running request that keeps the turn, also when its lease is lost',
    text: "if call('EXISTS', active) == 1 then return nil end",
    becomes: '',
  },
  {
    without: 'nothing taken back by a worker that did not see a step of the clock',
    script: 'claim',
    text: "(ARGV[10] or '') == '' or ARGV[10] == text(steps)",
    becomes: 'true',
  },
  {
    without: "the count of the steps back of the server's clock",
    text: 'if now < seen then steps = steps + 1',
    becomes: 'if now < seen then',
  },
  {
    without: 'a lease that stays while its request is not known',
    script: 'claim',
    text: 'if id and (is_to_run or leased < n) then',
    becomes:
      "if not id then call('ZREM', LEASES, user); update_ready(user, queue) end\n  if id and (is_to_run or leased < n) then",
  },
  {
    without: 'a renewal that puts back a lease',
    script: 'renew',
    text: "call('ZADD', LEASES, deadline, user)",
    becomes: "call('ZADD', LEASES, 'XX', deadline, user)",
  },
  {
    without: 'a look-up of all that waits in a queue made anew',
    script: 'mend',
    text: "if job.id ~= running then call('HSETNX', queue .. job.id, 'check', '1') end",
    becomes: '',
  },
  {
    without: 'the order of a queue made anew',
    script: 'mend',
    text: 'return a.seq < b.seq',
    becomes: 'return a.seq > b.seq',
  },
  {
    without: 'the head of a queue made anew: the one that has started',
    script: 'mend',
    text: 'if a.has_started ~= b.has_started then',
    becomes: 'if false then',
  },
  {
    without: 'the marks of an attempt that may still run',
    script: 'mend',
    text: 'running = running or id end',
    becomes: 'running = running end',
  },
  {
    without: 'a lease for whoever may still run',
    script: 'mend',
    text: "if not lease then call('ZADD', LEASES, lease_end(longest), user) end",
    becomes: '',
  },
  {
    without: 'an owner for whoever may still run',
    script: 'mend',
    text: "if not owner then call('HSET', OWNERS, user, '0 nobody') end",
    becomes: '',
  },
  {
    without: 'the settings of a queue made anew',
    script: 'mend',
    text: 'then write_settings(queue, 4) end',
    becomes: 'then return end',
  },
  {
    without: 'the halt of a queue made anew',
    script: 'mend',
    text: "if ARGV[9] ~= '0' then halt(queue, ARGV[9]) end",
    becomes: '',
  },
  {
    without: 'jobs that are left alone if they are there',
    script: 'recreate_jobs',
    text: "if not call('HGET', job, 'seq') then",
    becomes: 'if true then',
  },
  { without: 'a token that grows', text: 'token = token + 1; changed', becomes: 'token = token; changed' },
  {
    without: 'tokens above those of the epochs before',
    script: 'open_shard',
    text: "string.match(EPOCH, '^%d+') * 4294967296",
    becomes: '4294967296',
  },
  {
    without: 'the lower seq of two heads',
    text: 'is_in_line and tonumber(scheduled[SEQ] or 0) < tonumber(job[SEQ])',
    becomes: 'false',
  },
  {
    without: 'a head that goes by seq, not by who is scheduled',
    text: 'is_in_line and tonumber(scheduled[SEQ] or 0) < tonumber(job[SEQ])',
    becomes: 'is_in_line',
  },
  {
    without: 'nobody held back by what is not due yet',
    text: 'job and due <= max(now, tonumber(job[HELD] or 0))',
    becomes: 'job',
  },
  {
    without: 'a time of its own for what is accepted while the clock is ahead',
    script: 'hold',
    text: 'return time, next_seq() end',
    becomes: 'local seq = next_seq(); return seq, seq end',
  },
  {
    without: 'a seq in the order of acceptance where the clock is past the time',
    script: 'hold',
    text: 'if time <= clock then raise_clock(above); return time, next_seq() end',
    becomes: '',
  },
  {
    without: 'the time that was told, after a rebuild',
    script: 'restore',
    text: 'is_its_time and seq or text(free_time(delayed, at * 1000))',
    becomes: 'seq',
  },
  { without: 'pause', text: 'if control[PAUSED] or control[HALTED]', becomes: 'if control[HALTED]' },
  { without: 'halt', text: 'if control[PAUSED] or control[HALTED]', becomes: 'if control[PAUSED]' },
  {
    without: 'the hold',
    text: 'tonumber(job[NOT_BEFORE] or 0), tonumber(job[HELD] or 0))',
    becomes: 'tonumber(job[NOT_BEFORE] or 0))',
  },
  {
    without: 'the backoff',
    text: 'max(due, tonumber(job[NOT_BEFORE] or 0), ',
    becomes: 'max(due, ',
  },
  {
    without: 'leased users left alone',
    text: "if call('ZSCORE', LEASES, user) then return nil end",
    becomes: '',
  },
  {
    without: 'leaving the lane of an older head',
    text: "if each ~= lane then call('ZREM', ready_of(each), user) end",
    becomes: '',
  },
  {
    without: 'the lanes of the caller',
    text: "local at = taker.served[job[LANE] or 'main'] and eligible(job, due, control)",
    becomes: 'local at = eligible(job, due, control)',
  },
  {
    without: 'a look-up of what was never confirmed',
    text: "    look_up = look_up or '1'\n  end",
    becomes: '  end',
  },
  {
    without: 'a look-up of what a purge means',
    text: "tonumber(job[SEQ]) <= tonumber(control[LOOK_UP_TO]) then look_up = look_up or '1'",
    becomes: 'tonumber(job[SEQ]) <= tonumber(control[LOOK_UP_TO]) then look_up = look_up',
  },
  {
    without: 'a look-up used up by the attempt',
    text: "if job[LOOK_UP] then call('HDEL', queue .. id, 'check') end",
    becomes: '',
  },
  {
    without: 'a look-up of what was taken back from a dead worker',
    script: 'claim',
    text: "call('HSET', queue .. id, 'check', is_timed_out and '3' or '2')",
    becomes: '',
  },
  {
    without: 'the mark of what is only to be judged',
    script: 'claim',
    text: "if taker.looks_up_only then look_up = look_up == '3' and '5' or '4' end",
    becomes: '',
  },
  {
    without: 'room for what is to be judged',
    script: 'claim',
    text: 'if id and (is_to_run or leased < n) then',
    becomes: 'if id then',
  },
  {
    without: 'a judge for whoever may not start',
    script: 'claim',
    text: "at and at <= now and served[job[LANE] or 'main']",
    becomes: "served[job[LANE] or 'main']",
  },
  {
    without: 'a judge who starts nothing',
    script: 'claim',
    text: 'if control[INTERVAL] and not taker.looks_up_only then',
    becomes: 'if control[INTERVAL] then',
  },
  {
    without: 'a start given back that was not used',
    script: 'settle',
    text: "if ARGV[i + 8] == '1' then uncount_start(queue, id, ARGV[i + 2]) end",
    becomes: '',
  },
  {
    without: 'the token of what is given back',
    script: 'settle',
    text: " or call('HGET', queue .. id, 'counted') ~= lease_token",
    becomes: '',
  },
  {
    without: 'a rate that is raised and counts at once',
    script: 'apply_settings',
    text: 'if was[INTERVAL] and was[TAT] then',
    becomes: 'if false then',
  },
  {
    without: 'the cutoff',
    script: 'claim',
    text: 'min(now, tonumber(ARGV[6]))',
    becomes: 'now',
  },
  {
    without: 'a mend of leases after a step back of the clock',
    script: 'claim',
    text: "call('ZADD', LEASES, latest_end, user)",
    becomes: '',
  },
  {
    without: 'what an extension tells once the clock was set back',
    script: 'extend',
    text: "min(tonumber(call('ZSCORE', LEASES, user) or 0), now + longest)",
    becomes: "tonumber(call('ZSCORE', LEASES, user) or 0)",
  },
  {
    without: 'the end of a hold that began by a clock that was set back',
    text: "if job[HELD] and was_set_back(job[TIMESTAMP]) then job[HELD] = '0' end",
    becomes: '',
  },
  {
    without: 'the end of a backoff that began by a clock that was set back',
    text: "if job[SINCE] and was_set_back(job[SINCE]) then job[NOT_BEFORE] = '0' end",
    becomes: '',
  },
  {
    without: 'a full bucket once the clock was set back',
    text: 'if control[TAT] and was_set_back(',
    becomes: 'if false and was_set_back(',
  },
  {
    without: 'a new place of those who stand where a clock that was set back has put them',
    script: 'claim',
    text: 'for _, lane in ipairs(lanes) do recompute_scores(ready_of(lane)) end',
    becomes: '',
  },
  {
    without: 'a bound of that mend above every promise',
    script: 'claim',
    text: 'text(now + longest)',
    becomes: 'NOW',
  },
  {
    without: 'a return to the head of what was taken back',
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
    without: "the owner's token in settle",
    script: 'settle',
    text: "string.match(owner, '^%d+') ~= ARGV[i + 2]",
    becomes: 'false',
  },
  {
    without: "the owner's token in renew",
    script: 'renew',
    text: "and string.match(owner, '^%d+') == ARGV[i + 1]",
    becomes: '',
  },
  {
    without: 'a cancel that a renewal tells of',
    script: 'renew',
    text: "if id and call('HGET', queue .. id, 'cancelled')",
    becomes: 'if false',
  },
  {
    without: "the owner's token in extend",
    script: 'extend',
    text: 'lease_token ~= ARGV[5] or ',
    becomes: '',
  },
  {
    without: 'the account that an external lease is of',
    script: 'extend',
    text: "if ARGV[9] and not string.find(worker, ARGV[9], 1, true) then return 'OTHERS' end",
    becomes: '',
  },
  {
    without: 'the end of a lease that is extended',
    script: 'extend',
    text: 'ends <= now or ',
    becomes: '',
  },
  {
    without: 'the request that a lease is for',
    script: 'extend',
    text: "or call('LINDEX', queue .. 'active', 0) ~= id",
    becomes: '',
  },
  {
    without: 'a lease that is never shortened',
    script: 'extend',
    text: 'if now + lease + ARGV[7] > ends then',
    becomes: 'if true then',
  },
  {
    without: 'the end that the worker was told before',
    script: 'extend',
    text: 'max(lease, ends - ARGV[7] - now)',
    becomes: 'lease',
  },
  {
    without: "the time limit of an external worker's attempt",
    script: 'extend',
    text: 'if lease <= 0 then',
    becomes: 'if false then',
  },
  {
    without: "the end of a lease at the time limit of an external worker's attempt",
    script: 'claim',
    text: 'if limit <= tonumber(deadline) then',
    becomes: 'if false then',
  },
  {
    without: 'the mark of a lease that was given up to the time limit',
    script: 'claim',
    text: "call('HSET', queue .. id, 'limit', lease_token)",
    becomes: '',
  },
  {
    without: 'the token in that mark',
    script: 'claim',
    text: "call('HGET', queue .. id, 'limit') == token",
    becomes: "call('HEXISTS', queue .. id, 'limit') == 1",
  },
  {
    without: 'a look-up of what was handed back',
    script: 'settle',
    text: "if op ~= 'retry' then call('HSET', queue .. id, 'check', '1') end",
    becomes: "if op == 'recheck' then call('HSET', queue .. id, 'check', '1') end",
  },
  {
    without: 'a look-up of a suspect that is retried',
    script: 'settle',
    text: "if op ~= 'retry' then call('HSET', queue .. id, 'check', '1') end",
    becomes: "if op == 'back' then call('HSET', queue .. id, 'check', '1') end",
  },
  {
    without: 'a wait of what was handed back until later',
    script: 'settle',
    text: "elseif ARGV[i + 3] == 'back' and ARGV[i + 5] ~= '0' then",
    becomes: 'elseif false then',
  },
  {
    without: 'an end of what was cancelled before its retry',
    script: 'settle',
    text: "if is_retried and call('HGET', queue .. id, 'cancelled') then",
    becomes: 'if false then',
  },
  {
    without: 'a second look-up of what was confirmed meanwhile',
    script: 'confirm',
    text: "call('HSET', queue .. id, 'again', '1')",
    becomes: '',
  },
  {
    without: 'giving way to others who are due',
    script: 'settle',
    text: "want == '2' and not is_another_due()",
    becomes: "want == '2'",
  },
  {
    without: 'halting in the same step',
    script: 'settle',
    text: "if ARGV[i + 6] ~= '0' and halt(queue, ARGV[i + 6]) then",
    becomes: 'if false then',
  },
  {
    without: 'halts that were lifted already kept out',
    text: 'tonumber(halting) > max(released, halted)',
    becomes: 'tonumber(halting) > halted',
  },
  {
    without: 'later halts that stand',
    script: 'lift_halt',
    text: 'if halted and tonumber(halted) <= decided',
    becomes: 'if halted',
  },
  {
    without: 'newer settings that stand',
    script: 'apply_settings',
    text: "if tonumber(call('HGET', queue .. 'control', 'version') or 0) > tonumber(ARGV[4]) then return 'OLD' end",
    becomes: '',
  },
  {
    without: 'a known id that keeps its seq',
    script: 'hold',
    text: 'elseif known then',
    becomes: 'elseif false then',
  },
  { without: 'the depth', script: 'hold', text: 'running >= depth then', becomes: 'running >= 9e9 then' },
  {
    without: 'the bound of bytes',
    script: 'hold',
    text: 'pending + bytes > ARGV[4] * share',
    becomes: 'false',
  },
  {
    without: 'a large payload that is taken where there is no other',
    script: 'hold',
    text: 'bytes > SMALL and tonumber',
    becomes: 'tonumber',
  },
  {
    without: 'the weight of what is held',
    script: 'hold',
    text: '    add_bytes(queue, bytes)\n',
    becomes: '',
  },
  {
    without: 'the weight of what has gone',
    text: "if bytes > SMALL and call('DECRBY', queue .. 'bytes', text(bytes)) <= 0 then call('DEL', queue .. 'bytes') end",
    becomes: '',
  },
  {
    without: 'a key that goes with the last large payload',
    text: "<= 0 then call('DEL', queue .. 'bytes') end",
    becomes: '<= 0 then end',
  },
  {
    without: 'small payloads that weigh nothing',
    text: 'local SMALL = 1024',
    becomes: 'local SMALL = 1023',
  },
  {
    without: 'the weight of what is restored',
    text: 'add_bytes(queue, #ARGV[i + 4])',
    becomes: '',
  },
  {
    without: 'the weight of before a rebuild wiped',
    script: 'begin_rebuild',
    text: "queue .. 'meta-paused', queue .. 'bytes')",
    becomes: "queue .. 'meta-paused')",
  },
  {
    without: 'the weight of a queue made anew',
    script: 'mend',
    text: 'add_bytes(queue, bytes_pending)',
    becomes: '',
  },
  {
    without: 'the weight of before forgotten in a queue made anew',
    script: 'mend',
    text: "queue .. 'active', queue .. 'bytes')",
    becomes: "queue .. 'active')",
  },
  {
    without: 'the order of equal due times',
    script: 'hold',
    text: 'if not last then return from end',
    becomes: 'do return from end',
  },
  {
    without: 'BUSY for what is in line already',
    script: 'hold',
    text: "if known and old_seq ~= '0' and not job[2] then out[#out + 1] = 'BUSY'\n  elseif",
    becomes: 'if',
  },
  {
    without: 'the old place of what is put back',
    script: 'hold',
    text: "elseif old_seq ~= '0' then place(queue, id, tonumber(seq))\n",
    becomes: '',
  },
  {
    without: 'those that have started staying at the head',
    text: 'if started(job) or tonumber(job[SEQ] or 0) < seq then low',
    becomes: 'if tonumber(job[SEQ] or 0) < seq then low',
  },
  {
    without: 'a look-up of what is put back',
    script: 'hold',
    text: "if old_seq ~= '0' then call('HSET', queue .. id, 'check', '1') end",
    becomes: '',
  },
  {
    without: 'the seq in confirm',
    script: 'confirm',
    text: "if job[1] ~= seq then out[#out + 1] = 'GONE'\n  else",
    becomes: 'do',
  },
  {
    without: 'giving up what is held, and nothing else',
    script: 'confirm',
    text: '    if job[2] then\n',
    becomes: '    if true then\n',
  },
  {
    without: 'waiting for the handler of a cancelled one',
    script: 'cancel',
    text: 'elseif active then',
    becomes: 'elseif false then',
  },
  {
    without: 'the mark of a crash',
    script: 'cancel',
    text: "if not call('HGET', queue .. id, 'check') then",
    becomes: 'if true then',
  },
  {
    without: 'a restore that may be told twice',
    script: 'restore',
    text: "if call('EXISTS', queue .. id) == 0 then",
    becomes: 'if true then',
  },
  {
    without: 'a look-up of the first after a recovery',
    script: 'restore',
    text: "if user ~= last or attempts ~= '0' or",
    becomes: "if attempts ~= '0' or",
  },
  {
    without: 'halts that survive a wipe',
    script: 'restore_control',
    text: "if ARGV[i + 6] ~= '0' then halt(queue, ARGV[i + 6]) end",
    becomes: '',
  },
  {
    without: 'wiping before a rebuild',
    script: 'begin_rebuild',
    text: 'if wipe(queue_of(user)) then',
    becomes: 'if true then',
  },
  {
    without: 'the fence before what another recovery is at',
    script: 'begin_rebuild',
    text: ' or is_newer(begun, there)',
    becomes: '',
  },
  {
    without: 'the fence before what another recovery has opened',
    script: 'begin_rebuild',
    text: 'is_newer(open, shard[2]) or ',
    becomes: '',
  },
  {
    without: 'the installation that has opened the shard',
    script: 'begin_rebuild',
    text: 'local other = owner or beginner',
    becomes: 'local other = beginner',
  },
  {
    without: 'the installation that rebuilds the shard',
    script: 'begin_rebuild',
    text: 'local other = owner or beginner',
    becomes: 'local other = owner',
  },
  {
    without: 'the gate: the installation',
    text: 'shard[1] ~= EPOCH or ',
    becomes: "string.match(shard[1] or '', '^%d+') ~= string.match(EPOCH, '^%d+') or ",
  },
];

/** The scripts without one rule. @throws if the text stands nowhere */
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
