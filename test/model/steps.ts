/**
 * The calls of a shard, each with its expected answer and effect. A step names a user by number, and a request of theirs
 * by number too, so that fast-check can shrink a sequence.
 */
import { fc } from './fast-check';
import {
  controlArgs,
  faultsOf,
  HOUR_MS,
  INTERVALS,
  LIMIT_MS,
  lose,
  LOSSES,
  type Loss,
  onRecord,
  OPTS,
  requestArgs,
} from './record';
import { lossesOf } from '../../src/queue/scripts/leased-job';
import { Ended, hasStarted, ModelJob, ModelUser, ShardModel, SMALL, Rate } from './shard-model';
import type { RealShard } from './real-shard';

const DEPTH = 5;
/** Two large payloads fit, a third one does not. */
const PAYLOADS = { none: '1', small: `"${'s'.repeat(SMALL - 2)}"`, large: `"${'l'.repeat(2_000)}"` } as const;
const MAX_BYTES = 5_000;
const NO_CUTOFF = 9e15;

type Act = (model: ShardModel, real: RealShard) => Promise<void>;

/** One step of a sequence; printed as its name and the values drawn for it. */
class Step implements fc.AsyncCommand<ShardModel, RealShard> {
  constructor(
    private readonly name: string,
    private readonly drawn: unknown,
    private readonly act: Act,
    private readonly isPossible: (model: ShardModel) => boolean = (model) => model.isOpen,
  ) {}

  check(model: Readonly<ShardModel>): boolean {
    return this.isPossible(model);
  }

  async run(model: ShardModel, real: RealShard): Promise<void> {
    await this.act(model, real);
    await agree(model, real);
  }

  toString(): string {
    return `${this.name}${JSON.stringify(this.drawn)}`;
  }
}

/** Expects that Redis holds exactly what the model holds, and that every invariant is true. */
async function agree(model: ShardModel, real: RealShard): Promise<void> {
  if (!model.isOpen) return;
  const userIds = [...model.users.keys()];
  const [, , broken] = (await real.run('check_invariants', model.epoch, ...userIds)) as [
    string,
    string,
    string[],
  ];
  expect(broken).toEqual([]);
  expect(await faultsOf(model, real)).toEqual([]);
  for (const user of model.all) {
    const expected = {
      wait: user.waiting.map(({ id }) => id),
      active: user.lease ? [user.lease.job.id] : [],
      delayed: user.later.map(({ id }) => id),
      jobs: user.pending.map(({ id }) => id).sort(),
    };
    expect([user.id, await real.user(user.id)]).toEqual([user.id, expected]);
    const { head, lease, paused, halted, isSpent } = user;
    const isAlone = head && user.later.includes(head) && head.due === 0 && head.held !== 'stands';
    if (!isAlone || lease || paused || halted > 0 || isSpent) continue;
    expect(await real.standsAt(user.id, head.lane)).toBe(model.laterAt); // its scheduled time, whatever its seq is
  }
}

/** The server's clock was ahead of all scheduled times until it was corrected. */
async function clockWasAhead(model: ShardModel, real: RealShard): Promise<void> {
  model.lastSeq = Math.max(model.lastSeq, model.laterAt * 1000 + 1_000_000);
  await real.raiseClock(model.lastSeq);
}

/** An extension needs the token and the request of a lease that has not ended, and never shortens it. */
async function extend(
  model: ShardModel,
  real: RealShard,
  drawn: { user: number; wrong: 'nothing' | 'token' | 'id' | 'worker'; isShort: boolean; limit: number },
): Promise<void> {
  const of = userOf(model, drawn.user);
  const { id: userId, lease } = of;
  const id = drawn.wrong === 'id' ? 'another' : (lease?.job.id ?? 'none');
  const token = (lease?.token ?? 1) - (drawn.wrong === 'token' ? 1 : 0);
  const times = [drawn.isShort ? 1 : HOUR_MS, 0, drawn.limit];
  const holder = drawn.wrong === 'worker' ? 'a stranger' : (lease?.worker ?? 'nobody');
  const reply = await real.run('extend', model.epoch, userId, id, token, ...times, holder);
  if (drawn.wrong === 'worker' && lease && !lease.hasEnded) expect(reply).toBe('OTHERS');
  else if (!lease || lease.hasEnded || drawn.wrong !== 'nothing' || drawn.limit < 0)
    expect(reply).toBe('LOST');
  else {
    const { worker, job } = lease;
    const isLimited = !drawn.isShort && drawn.limit < HOUR_MS;
    if (isLimited) of.lease = { ...lease, isLimited };
    const [, granted] = reply as string[];
    if (!drawn.isShort && !isLimited) expect(granted).toBe(String(HOUR_MS));
    // However short the extension is, the lease lasts as long as its worker was told: half an hour at least here.
    expect(Number(granted)).toBeGreaterThan(LIMIT_MS / 5);
    expect(reply).toEqual([
      expect.any(String),
      granted,
      expect.any(String),
      String(job.attemptsMade),
      worker,
    ]);
  }
}

const userOf = (model: ShardModel, n: number): ModelUser => model.all[n % model.users.size]!;
const pick = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(all.length, 1)];
const ended = (model: ShardModel, user: ModelUser): Ended[] => {
  const list = model.ended.get(user.id) ?? [];
  model.ended.set(user.id, list);
  return list;
};

/** A halt or pause is drawn seldom; otherwise most users of a sequence would be stopped. */
const seldom = fc.integer({ min: 1, max: 6 }).map((n) => n === 6);
const user = fc.nat({ max: 2 });
const which = fc.nat({ max: 5 });

interface NewRequest {
  user: number;
  later: boolean;
  hold: 'stands' | 'ends';
  lane: 'main' | 'gpu';
  size: keyof typeof PAYLOADS;
}
const newRequest = {
  user,
  later: seldom,
  hold: fc.constantFrom('ends' as const, 'ends' as const, 'stands' as const),
  lane: fc.constantFrom('main' as const, 'main' as const, 'gpu' as const),
  size: fc.constantFrom('none' as const, 'small' as const, 'large' as const),
};

async function hold(model: ShardModel, real: RealShard, drawn: NewRequest): Promise<ModelJob | undefined> {
  const of = userOf(model, drawn.user);
  const id = `r${(model.ids += 1)}`;
  const payload = PAYLOADS[drawn.size];
  const item = [of.id, id, 'echo', payload, OPTS, drawn.later ? model.laterAt : 0, DEPTH, 0, 0, drawn.lane];
  const call = () =>
    real.run('hold', model.epoch, drawn.hold === 'stands' ? HOUR_MS : 0, MAX_BYTES, ...item) as Promise<
      [string, ('FULL' | 'HEAVY' | [string, string, string])[]]
    >;
  const [, [reply]] = await call();
  if (of.pending.length >= DEPTH) {
    expect(reply).toBe('FULL');
    return undefined;
  }
  if (drawn.size === 'large' && of.weight > 0 && of.weight + payload.length > MAX_BYTES) {
    expect(reply).toBe('HEAVY');
    return undefined;
  }
  const [text, position, at] = reply as [string, string, string];
  const seq = Number(text);
  // The seq of a scheduled request is its time, unless the clock is past that.
  if (drawn.later && model.lastSeq < model.laterAt * 1000) {
    const last = of.later.at(-1)?.seq;
    expect(seq).toBe(last === undefined ? model.laterAt * 1000 : last + 1);
  } else {
    expect(seq).toBeGreaterThan(model.lastSeq);
    model.lastSeq = seq;
  }
  const ahead = of.waiting.length + of.later.filter(({ due }) => due > 0).length + (of.lease ? 1 : 0);
  const told = [String(drawn.later ? -1 : ahead), String(drawn.later ? model.laterAt : 0)];
  expect([position, at]).toEqual(told);
  const job: ModelJob = {
    ...{ id, seq, lane: drawn.lane, payload, isLater: drawn.later, due: 0, held: drawn.hold },
    ...{ lookUp: 0, attemptsMade: 0, backsOff: false, wasGiven: false, isCancelled: false, again: false },
  };
  of.place(job);
  // A repeated call returns the same request.
  expect((await call())[1]).toEqual([[text, '-1', at]]);
  return job;
}

async function confirm(model: ShardModel, real: RealShard, of: ModelUser, job: ModelJob, accepted: boolean) {
  expect(await real.run('confirm', model.epoch, of.id, job.id, job.seq, accepted ? 1 : 0)).toEqual(['OK']);
  if (accepted && of.lease?.job === job) job.again = true;
  if (job.held === 'no') return;
  if (accepted) job.held = 'no';
  else of.remove(job.id);
}

interface Claimed {
  worker: string;
  lanes: string;
  n: number;
  ended: boolean;
  cutoff: boolean;
  /** The steps back of the clock that the worker has counted, if not all: then the claim takes nothing back. */
  steps?: string;
  /** For an external worker: how the lease ends compared to the attempt's time limit. */
  limit: 'inside' | 'far' | 'reached';
}

/** How long a lease may last beyond an attempt's time limit, ms. The negative limit makes it end at once. */
const GRACE_MS = { inside: '', far: 0, reached: -LIMIT_MS } as const;

/** Workers with names so long that Redis forgets some of three losses. */
const [W1, W2] = ['w1'.padEnd(400, '-'), 'w2'.padEnd(400, '-')];

async function claim(model: ShardModel, real: RealShard, drawn: Claimed) {
  const { worker, lanes, n, limit } = drawn;
  const cutoff = drawn.cutoff && drawn.steps === undefined ? 0 : NO_CUTOFF;
  const reply = await real.run(
    'claim',
    model.epoch,
    worker,
    n,
    drawn.ended ? 0 : HOUR_MS,
    cutoff,
    lanes,
    GRACE_MS[limit],
    0,
    drawn.steps ?? (await real.steps()),
  );
  const [now, , longest, , flat] = reply as [string, string, string, number, string[]];
  if (!drawn.ended) model.longestLeaseMs = HOUR_MS;
  expect(longest).toBe(String(model.longestLeaseMs));
  const expected = new Map<string, ModelUser>();
  const judged = new Set<string>();
  for (const of of model.all)
    if (!drawn.cutoff && of.lease?.hasEnded && !of.isBroken) {
      const isStopped = of.paused || of.halted > 0 || of.isSpent;
      const isToRun = lanes.split(' ').includes(of.lease.job.lane) && !isStopped;
      if (!isToRun && n === 0) continue; // no room to look it up
      of.takeBack(of.lease.isLimited ? 3 : 2);
      if (isToRun) continue;
      expected.set(of.id, of);
      judged.add(of.id);
    }
  for (const of of model.all)
    if (n > 0 && !of.lease && !judged.has(of.id) && of.mayStart && lanes.split(' ').includes(of.head!.lane))
      expected.set(of.id, of);
  const given = real.given(now, flat);
  expect(given.map(({ userId }) => userId).sort()).toEqual([...expected.keys()].sort());
  for (const job of given) {
    expect(job.isLookUpOnly).toBe(judged.has(job.userId));
    const isJudged = judged.has(job.userId);
    const isLimited = !isJudged && limit === 'reached';
    take(model, expected.get(job.userId)!, job, worker, { hasEnded: drawn.ended, isLimited, isJudged });
  }
}

const LOOK_UPS = ['none', 'doubtful', 'taken_back', 'timed_out'] as const;

/** A worker got the user's head. */
function take(
  model: ShardModel,
  of: ModelUser,
  job: ReturnType<RealShard['given']>[number],
  worker: string,
  { hasEnded = false, isLimited = false, isJudged = false } = {},
) {
  const { id, attemptsMade, seq } = of.head!;
  expect(job.token).toBeGreaterThan(model.lastToken);
  model.lastToken = job.token;
  const how = { hasEnded: hasEnded || isLimited, isLimited, isJudged };
  const { head } = of;
  const lookUp = LOOK_UPS[of.give(job.token, worker, how)];
  expect(job).toMatchObject({ requestId: id, seq, attemptsMade, lookUp });
  const losses = lossesOf(job.previous, job.token).map(({ lost }) => lost);
  const known = losses.map(({ worker: of, lookUpToken, isTimedOut }) => ({
    worker: of,
    lookUpToken,
    isTimedOut,
  }));
  expect(known.reverse()).toEqual(head!.losses);
}

interface Settled {
  user: number;
  op: 'done' | 'retry' | 'recheck' | 'back';
  wait: boolean;
  want: 0 | 1 | 2;
  halts: boolean;
  stale: boolean;
  lanes: string;
  hasSucceeded?: boolean;
  isUnused?: boolean;
  isUnseen?: boolean;
}

/**
 * The effective operation: a cancelled request is not retried, and one whose end was only read is looked up again if it was
 * confirmed meanwhile.
 */
function opOf({ op, hasSucceeded, isUnused }: Settled, job: ModelJob): Settled['op'] {
  const really = (op === 'retry' || op === 'recheck') && job.isCancelled ? 'done' : op;
  if (really !== 'done' || !job.again || !isUnused || (op === 'done' && hasSucceeded)) return really;
  job.again = false;
  return 'back';
}

async function settle(model: ShardModel, real: RealShard, drawn: Settled) {
  const of = userOf(model, drawn.user);
  const { lease } = of;
  const token = drawn.stale ? (lease?.token ?? 1) - 1 : (lease?.token ?? 1);
  const id = lease?.job.id ?? 'nothing';
  const attempts = (lease?.job.attemptsMade ?? 0) + 1;
  const notBefore = drawn.wait ? Date.now() + HOUR_MS : drawn.op === 'back' ? 0 : 1;
  const halting = drawn.halts && drawn.op === 'done' ? token : 0;
  const hasEnded = drawn.hasSucceeded ? 'succeeded' : '';
  const isUnseen = drawn.isUnseen && drawn.op === 'back';
  const unused = isUnseen ? 2 : drawn.isUnused ? 1 : 0;
  const since = drawn.wait ? Date.now() : 0;
  const item = [
    of.id,
    id,
    token,
    drawn.op,
    attempts,
    notBefore,
    halting,
    hasEnded,
    unused,
    drawn.want,
    since,
  ];
  const worker = lease?.worker ?? 'w1';
  const reply = await real.run('settle', model.epoch, worker, HOUR_MS, drawn.lanes, ...item);
  model.longestLeaseMs = HOUR_MS;
  const [now, codes, flat] = reply as [string, string[], string[]];
  const given = real.given(now, flat);
  if (!lease || drawn.stale) {
    expect([codes, given]).toEqual([['LOST'], []]);
    return;
  }
  expect(codes).toEqual(['OK']);
  const served = drawn.lanes.split(' ');
  const isDue = (each: ModelUser) => !each.lease && each.mayStart && served.includes(each.head!.lane);
  const othersDue = model.all.some((each) => each !== of && isDue(each));
  const op = opOf(drawn, lease.job);
  if (unused > 0 && lease.isCounted) of.isSpent = false;
  if (op === 'done') {
    of.lease = undefined;
    ended(model, of).push(lease.job);
    if (halting > Math.max(of.released, of.halted)) of.halted = halting;
  } else {
    of.takeBack(op === 'retry' ? 0 : 1, op === 'back' && unused > 0);
    if (op !== 'back')
      Object.assign(lease.job, {
        ...{ attemptsMade: attempts, backsOff: drawn.wait, wasGiven: false, again: false },
        ...{ last: undefined, losses: [], first: undefined },
      });
    else if (drawn.op === 'back' && drawn.wait) lease.job.backsOff = true;
    if (isUnseen) of.putLossBack(lease.job);
  }
  const wants = drawn.want === 1 || (drawn.want === 2 && !othersDue);
  expect(given).toHaveLength(wants && isDue(of) ? 1 : 0);
  if (given[0]) take(model, of, given[0], worker);
  else of.settleDown();
}

async function cancel(model: ShardModel, real: RealShard, n: number, nth: number, phase: 'mark' | 'remove') {
  const of = userOf(model, n);
  const job = pick(of.pending, nth);
  const reply = await real.run('cancel', model.epoch, of.id, job?.id ?? 'nothing', phase);
  if (!job) return expect(reply).toEqual(['GONE']);
  const isActive = of.lease?.job === job;
  expect(reply).toEqual([isActive ? 'ACTIVE' : 'WAITING']);
  if (phase === 'mark') job.lookUp ||= 1;
  else if (isActive) {
    job.isCancelled = true;
    await renew(model, real, n, false); // a worker that did not receive the cancel
  } else {
    of.remove(job.id);
    // A scheduled request cannot have failed, and only failed requests are put back.
    if (!job.isLater) ended(model, of).push(job);
  }
}

async function renew(model: ShardModel, real: RealShard, n: number, isStale: boolean) {
  const of = userOf(model, n);
  const token = (of.lease?.token ?? 1) - (isStale ? 1 : 0);
  const isMine = of.lease !== undefined && !isStale;
  const [, ...told] = (await real.run('renew', model.epoch, HOUR_MS, of.id, token)) as string[][];
  model.longestLeaseMs = HOUR_MS;
  expect(told).toEqual([isMine ? [] : [of.id], isMine && of.lease?.job.isCancelled ? [of.id] : []]);
  if (of.lease && !isStale) of.lease = { ...of.lease, hasEnded: false };
}

/** Ends the backoff of a request, as far as the caller knows its attempts. */
async function endBackoff(
  model: ShardModel,
  real: RealShard,
  drawn: { user: number; which: number; known: number },
): Promise<void> {
  const of = userOf(model, drawn.user);
  const job = pick(of.pending, drawn.which);
  const made = job?.attemptsMade ?? 0;
  const isActive = job !== undefined && of.lease?.job === job;
  const reply = await real.run('end_backoff', model.epoch, of.id, job?.id ?? 'nothing', made + drawn.known);
  expect(reply).toBe(isActive && drawn.known > 0 ? 'BUSY' : 'OK');
  if (job && !isActive && drawn.known === 0) job.backsOff = false;
}

/** Puts a failed request back in its old place; BUSY if it is in the queue already. */
async function putBack(
  model: ShardModel,
  real: RealShard,
  drawn: { user: number; which: number; confirms: boolean },
): Promise<void> {
  const of = userOf(model, drawn.user);
  const over = pick(ended(model, of), drawn.which);
  if (!over) return;
  const item = [of.id, over.id, 'echo', over.payload, OPTS, 0, 0, 0, over.seq, over.lane];
  const call = () =>
    real.run('hold', model.epoch, HOUR_MS, MAX_BYTES, ...item) as Promise<[string, unknown[]]>;
  const known = of.find(over.id);
  const [, [reply]] = await call();
  if (known) {
    expect(reply).toEqual(known.held === 'no' ? 'BUSY' : [String(over.seq), '-1', expect.any(String)]);
    return;
  }
  expect(reply).toMatchObject([String(over.seq), expect.any(String), '0']);
  const job: ModelJob = {
    ...{
      id: over.id,
      seq: over.seq,
      lane: over.lane,
      payload: over.payload,
      isLater: false,
      due: 0,
      held: 'stands',
    },
    ...{ lookUp: 1, attemptsMade: 0, backsOff: false, wasGiven: false, isCancelled: false, again: false },
  };
  of.place(job);
  if (!drawn.confirms) return;
  await confirm(model, real, of, job, true);
  expect((await call())[1]).toEqual(['BUSY']);
}

/** A user or an admin has decided about a failure. */
async function liftHalt(
  model: ShardModel,
  real: RealShard,
  drawn: { user: number; late: boolean },
): Promise<void> {
  const of = userOf(model, drawn.user);
  const token = drawn.late ? Math.max(0, of.halted - 1) : of.halted || model.lastToken;
  expect(await real.run('lift_halt', model.epoch, of.id, token)).toBe('OK');
  of.released = Math.max(of.released, token);
  if (of.halted <= token) of.halted = 0;
}

/** Rebuilds Redis from the records: confirmed requests with their attempts, settings and halts. */
async function recover(model: ShardModel, real: RealShard) {
  model.epoch += 1;
  // A recovery that was frozen and continues while another one rebuilds, or after that has opened the shard.
  const late = async () => expect(await real.run('begin_rebuild', model.epoch - 1, 1000)).toBe('CLOSED');
  // A recovery of another installation on this Redis, which knows another epoch.
  const foreign = async () =>
    expect(await real.runOf('theirs', 'begin_rebuild', model.epoch + 1, 1000)).toBe('FOREIGN mine');
  const restore = async () => {
    await late();
    await foreign();
    for (const of of model.all) {
      expect(await real.run('restore_control', model.epoch, of.id, ...controlArgs(of))).toBe('OK');
      Object.assign(of, { released: 0, lookUp: 0, isSpent: false });
      const record = onRecord(of);
      Object.assign(of, { lease: undefined, waiting: [], later: [] });
      const items = record.flatMap((job) => requestArgs(model, of, job));
      // A repeated call changes nothing.
      for (let i = 0; i < 2 && items.length > 0; i++)
        expect(await real.run('restore', model.epoch, ...items)).toBe('OK');
      record.forEach((job, i) => {
        Object.assign(job, {
          wasGiven: false,
          isCancelled: false,
          again: false,
          last: undefined,
          first: undefined,
          losses: [],
          due: 0,
          lookUp: i === 0 || job.attemptsMade > 0 ? 1 : 0,
          backsOff: job.backsOff && job.attemptsMade > 0, // the backoff of a request that was never started is in Redis only
        });
        if (job.attemptsMade > 0) of.waiting.unshift(job);
        else of.place(job);
      });
    }
  };
  await real.rebuild(model.epoch, restore, model.lastSeq);
  await late();
  await foreign();
  model.isOpen = true;
  model.longestLeaseMs = 0;
  model.lastToken = Math.max(model.lastToken, model.epoch * 2 ** 32);
}

async function applySettings(
  model: ShardModel,
  real: RealShard,
  drawn: { user: number; version: number; paused: boolean; rate: Rate },
): Promise<void> {
  const of = userOf(model, drawn.user);
  const settings = [of.id, drawn.version, drawn.paused ? 1 : 0, INTERVALS[drawn.rate], 0, ''];
  const reply = await real.run('apply_settings', model.epoch, ...settings);
  expect(reply).toBe(of.version > drawn.version ? 'OLD' : 'OK');
  if (reply !== 'OK') return;
  Object.assign(of, { version: drawn.version, paused: drawn.paused });
  of.limit(drawn.rate);
}

/** Makes the first request due that was accepted while the clock was ahead: its seq is above its time. */
async function fallDue(model: ShardModel, real: RealShard, drawn: { user: number }): Promise<void> {
  const of = userOf(model, drawn.user);
  const next = of.later.find(({ due }) => due === 0); // they become due in their order
  if (!next || next.seq <= model.laterAt * 1000 + 1_000_000) return;
  next.due = model.dues += 1;
  of.sortLater();
  await real.fallDue(of.id, next.id, next.due);
  await applySettings(model, real, {
    user: drawn.user,
    version: of.version,
    paused: of.paused,
    rate: of.rate,
  }); // recomputes when the user is due
}

/** Loses a part of what Redis knows about a user; no worker gets the user until the loss is found. */
async function loseAndMend(
  model: ShardModel,
  real: RealShard,
  drawn: { user: number; nth: number; loss: Loss },
): Promise<void> {
  const of = userOf(model, drawn.user);
  await lose(model, real, of, drawn, async () => {
    const { version, paused, rate: now } = of;
    await applySettings(model, real, { user: drawn.user, version, paused, rate: now }); // recomputes when the user is due
    const worker = { worker: 'w1', lanes: 'gpu main', cutoff: false, limit: 'inside' } as const;
    await claim(model, real, { ...worker, n: 100, ended: false });
  });
}

/** Accepts two requests and leases the head. @param ended whether the lease ends at once */
async function startOneOfTwo(model: ShardModel, real: RealShard, n: number, ended: boolean): Promise<void> {
  for (let i = 0; i < 2; i++) {
    const job = await hold(model, real, { user: n, later: false, hold: 'ends', lane: 'main', size: 'large' });
    if (job) await confirm(model, real, userOf(model, n), job, true);
  }
  const worker = { worker: 'w1', lanes: 'gpu main', cutoff: true, limit: 'inside' } as const;
  await claim(model, real, { ...worker, n: 100, ended });
}

const rate = fc.constantFrom('none' as const, 'none' as const, 'slow' as const, 'fast' as const);
const lanes = fc.constantFrom('main', 'gpu main', 'gpu');
const step = <T>(
  name: string,
  drawn: fc.Arbitrary<T>,
  act: (model: ShardModel, real: RealShard, drawn: T) => Promise<unknown>,
) => drawn.map((it) => new Step(name, it, async (model, real) => void (await act(model, real, it))));

/** Every call of a shard. Those that make progress are drawn more often. */
export const STEPS: fc.Arbitrary<Step>[] = [
  ...[0, 1, 2].map(() =>
    step('accept', fc.record(newRequest), async (model, real, drawn) => {
      const job = await hold(model, real, drawn);
      if (job) await confirm(model, real, userOf(model, drawn.user), job, true);
    }),
  ),
  step('hold', fc.record(newRequest), hold),
  step('confirm', fc.record({ user, which, accepted: fc.boolean() }), async (model, real, drawn) => {
    const of = userOf(model, drawn.user);
    const job = pick(of.pending, drawn.which);
    if (job) await confirm(model, real, of, job, drawn.accepted);
  }),
  step('confirm of another seq', fc.record({ user, which }), async (model, real, drawn) => {
    const of = userOf(model, drawn.user);
    const job = pick(of.pending, drawn.which);
    const item = [of.id, job?.id ?? 'nothing', (job?.seq ?? 1) + 1, 0];
    expect(await real.run('confirm', model.epoch, ...item)).toEqual(['GONE']);
  }),
  ...[0, 1].map(() =>
    step(
      'claim',
      fc.record({
        worker: fc.constantFrom('w1' as const, 'w2' as const),
        lanes,
        n: fc.constantFrom(100, 100, 0),
        ended: fc.boolean(),
        cutoff: fc.boolean(),
        limit: fc.constantFrom('inside' as const, 'inside' as const, 'far' as const, 'reached' as const),
      }),
      claim,
    ),
  ),
  ...[0, 1].map(() =>
    step(
      'settle',
      fc.record({
        user,
        op: fc.constantFrom('done' as const, 'retry' as const, 'recheck' as const, 'back' as const),
        wait: seldom,
        want: fc.constantFrom(0 as const, 1 as const, 2 as const),
        halts: seldom,
        stale: fc.constantFrom(false, false, false, true),
        lanes,
        hasSucceeded: fc.boolean(),
        isUnused: fc.boolean(),
        isUnseen: fc.boolean(),
      }),
      settle,
    ),
  ),
  step(
    'a failure that halts',
    fc.record({ user, want: fc.constantFrom(0 as const, 1 as const), lanes }),
    (model, real, drawn) =>
      settle(model, real, { ...drawn, op: 'done', halts: true, wait: false, stale: false }),
  ),
  step('renew', fc.record({ user, stale: fc.boolean() }), (model, real, drawn) =>
    renew(model, real, drawn.user, drawn.stale),
  ),
  step(
    'extend',
    fc.record({
      user,
      wrong: fc.constantFrom<'nothing' | 'token' | 'id' | 'worker'>(
        'nothing',
        'nothing',
        'token',
        'id',
        'worker',
      ),
      isShort: fc.boolean(),
      limit: fc.constantFrom(LIMIT_MS, LIMIT_MS / 4, -1),
    }),
    extend,
  ),
  step(
    'cancel',
    fc.record({ user, which, phase: fc.constantFrom('mark' as const, 'mark' as const, 'remove' as const) }),
    (model, real, drawn) => cancel(model, real, drawn.user, drawn.which, drawn.phase),
  ),
  step('end backoff', fc.record({ user, which, known: fc.constantFrom(-1, 0, 0, 1) }), (model, real, drawn) =>
    endBackoff(model, real, drawn),
  ),
  step('put back', fc.record({ user, which, confirms: fc.boolean() }), putBack),
  step(
    'apply settings',
    fc.record({ user, version: fc.nat({ max: 4 }), paused: seldom, rate }),
    applySettings,
  ),
  step('lift halt', fc.record({ user, late: fc.boolean() }), liftHalt),
  step('a clock that is ahead', user, clockWasAhead),
  step(
    'waits that began while the clock was ahead',
    fc.record({
      user,
      lanes,
      first: fc.constantFrom('nothing' as const, 'a retry' as const, 'a rate' as const),
    }),
    async (model, real, drawn) => {
      const of = userOf(model, drawn.user);
      const worker = { worker: 'w1', lanes: 'gpu main', cutoff: true, limit: 'inside' } as const;
      if (drawn.first === 'a rate')
        await applySettings(model, real, { ...drawn, version: of.version, paused: of.paused, rate: 'slow' });
      if (drawn.first !== 'nothing') {
        await claim(model, real, { ...worker, n: 100, ended: false });
        await settle(model, real, { ...drawn, op: 'retry', halts: false, wait: true, stale: false, want: 0 });
      }
      await clockWasAhead(model, real);
      await real.moveWaits(of.id, 100 * HOUR_MS);
      of.isSpent = false;
      for (const job of of.pending)
        Object.assign(job, { backsOff: false, held: job.held === 'no' ? 'no' : 'ends' });
      await claim(model, real, { ...worker, n: 100, ended: false });
    },
  ),
  step('a scheduled request falls due', fc.record({ user }), fallDue),
  step("a step back of the server's clock", fc.record({ user }), async (model, real, drawn) => {
    const of = userOf(model, drawn.user);
    if (!of.lease || of.lease.hasEnded) return;
    // Moves the lease as if it had been given before the step: it ends so much later.
    await real.moveLease(of.id, 100 * HOUR_MS);
    const extension = [of.id, of.lease.job.id, of.lease.token, 1, 0, LIMIT_MS];
    const [, told] = (await real.run('extend', model.epoch, ...extension)) as string[];
    expect(Number(told)).toBeLessThanOrEqual(HOUR_MS); // a claim may have shortened it to that
    await claim(model, real, {
      worker: 'w1',
      lanes: 'main',
      n: 0,
      ended: true,
      cutoff: true,
      limit: 'inside',
    });
    const left = await real.leaseLeft(of.id);
    expect([left > HOUR_MS / 2, left <= HOUR_MS]).toEqual([true, true]);
  }),
  ...[0, 1].map(() =>
    step('a loss', fc.record({ user, nth: which, loss: fc.constantFrom(...LOSSES) }), loseAndMend),
  ),
  step('a renewal of a lease that is lost', fc.record({ user }), async (model, real, drawn) => {
    const { id, lease } = userOf(model, drawn.user);
    if (!lease) return;
    await real.lose(id, 'leases', '');
    await renew(model, real, drawn.user, false);
  }),
  fc.constantFrom('clock', 'token', 'longest').map(
    (field) =>
      new Step('a loss of the shard', field, async (model, real) => {
        await real.loseOfShard(field);
        model.isOpen = false;
        expect(await real.run('claim', model.epoch, 'w1', 9, HOUR_MS, NO_CUTOFF, 'main')).toBe('CLOSED');
      }),
  ),
  // Sequences that hardly ever happen by chance:
  step(
    'an end of a backoff',
    fc.record({ user, lanes, known: fc.constantFrom(-1, 0, 0, 1) }),
    async (model, real, drawn) => {
      await settle(model, real, { ...drawn, op: 'retry', halts: false, wait: true, stale: false, want: 0 });
      await endBackoff(model, real, { ...drawn, which: 0 });
      const worker = { worker: 'w1', lanes: 'gpu main', cutoff: true, limit: 'inside' } as const;
      await claim(model, real, { ...worker, n: 100, ended: false });
      await endBackoff(model, real, { ...drawn, which: 0 });
    },
  ),
  step('a claim during a backoff', fc.record({ user, lanes }), async (model, real, drawn) => {
    await settle(model, real, { ...drawn, op: 'retry', halts: false, wait: true, stale: false, want: 0 });
    const worker = { worker: 'w1', lanes: 'gpu main', cutoff: true, limit: 'inside' } as const;
    await claim(model, real, { ...worker, n: 100, ended: false });
  }),
  step(
    'a scheduled request that falls due behind one that waits',
    fc.record({ user, lanes }),
    async (model, real, drawn) => {
      const request = { user: drawn.user, hold: 'ends', lane: 'main', size: 'large' } as const;
      const accept = async (later: boolean) => {
        const job = await hold(model, real, { ...request, later });
        if (job) await confirm(model, real, userOf(model, drawn.user), job, true);
      };
      await accept(false);
      await clockWasAhead(model, real);
      await accept(true);
      await fallDue(model, real, drawn);
      await settle(model, real, { ...drawn, op: 'done', halts: false, wait: false, stale: false, want: 2 });
      const worker = { worker: 'w1', lanes: 'gpu main', cutoff: true, limit: 'inside' } as const;
      await claim(model, real, { ...worker, n: 100, ended: false });
    },
  ),
  step('a step back that a worker did not see', fc.record({ user }), async (model, real, drawn) => {
    await startOneOfTwo(model, real, drawn.user, true);
    const steps = await real.seeLater(HOUR_MS);
    const worker = { worker: 'w1', lanes: 'gpu main', cutoff: true, limit: 'inside' } as const;
    await claim(model, real, { ...worker, n: 100, ended: false, steps });
  }),
  step('an extension of a lease that has ended', fc.record({ user }), async (model, real, drawn) => {
    await startOneOfTwo(model, real, drawn.user, true);
    await extend(model, real, { ...drawn, wrong: 'nothing', isShort: false, limit: LIMIT_MS });
  }),
  step(
    'an unused attempt whose start was not counted',
    fc.record({ user, lanes }),
    async (model, real, drawn) => {
      const { version } = userOf(model, drawn.user);
      await applySettings(model, real, { ...drawn, version, paused: false, rate: 'slow' });
      await startOneOfTwo(model, real, drawn.user, true);
      const worker = { worker: 'w1', lanes: 'gpu main', cutoff: false, limit: 'inside' } as const;
      await claim(model, real, { ...worker, n: 100, ended: false }); // leased only for a look-up
      const unused = {
        op: 'back',
        isUnused: true,
        halts: false,
        wait: false,
        stale: false,
        want: 0,
      } as const;
      await settle(model, real, { ...drawn, ...unused });
      await claim(model, real, { ...worker, n: 100, ended: false });
    },
  ),
  step(
    'a loss while one runs and another waits',
    fc.record({ user, ended: fc.boolean(), loss: fc.constantFrom(...LOSSES) }),
    async (model, real, drawn) => {
      await startOneOfTwo(model, real, drawn.user, drawn.ended);
      await loseAndMend(model, real, { ...drawn, nth: 0 });
    },
  ),
  step('a loss of the head, and of a halt', fc.record({ user, lanes }), async (model, real, drawn) => {
    const { version } = userOf(model, drawn.user);
    await startOneOfTwo(model, real, drawn.user, false);
    await applySettings(model, real, { ...drawn, version: version + 1, paused: false, rate: 'slow' });
    await settle(model, real, { ...drawn, op: 'done', halts: true, wait: false, stale: false, want: 0 });
    for (const loss of ['job', 'control'] as const)
      await loseAndMend(model, real, { ...drawn, nth: 0, loss });
  }),
  step('a failure that was decided about before', fc.record({ user, lanes }), async (model, real, drawn) => {
    await liftHalt(model, real, { ...drawn, late: false });
    await settle(model, real, { ...drawn, op: 'done', halts: true, wait: false, stale: false, want: 0 });
  }),
  step(
    'a confirm during a turn',
    fc.record({
      ...{ user, lanes, isUnused: fc.boolean() },
      op: fc.constantFrom('done' as const, 'retry' as const, 'back' as const),
    }),
    async (model, real, drawn) => {
      const of = userOf(model, drawn.user);
      if (of.lease) await confirm(model, real, of, of.lease.job, true);
      const end = { halts: false, wait: false, stale: false, want: 0 } as const;
      await settle(model, real, { ...drawn, ...end });
      const worker = { worker: 'w1', lanes: 'gpu main', cutoff: true, limit: 'inside' } as const;
      await claim(model, real, { ...worker, n: 100, ended: false });
      await settle(model, real, { ...drawn, ...end, op: 'done', isUnused: true });
    },
  ),
  step(
    'a lower one comes back while the head is tried again',
    fc.record({ user, which, lanes, isWiped: fc.boolean() }),
    async (model, real, drawn) => {
      await settle(model, real, { ...drawn, op: 'retry', halts: false, wait: false, stale: false, want: 0 });
      await putBack(model, real, { ...drawn, confirms: true });
      if (!drawn.isWiped) return;
      await real.redis.flushall();
      await recover(model, real);
    },
  ),
  step(
    'a lower one comes back while the head is handed back',
    fc.record({ user, which, lanes, isUnused: fc.boolean() }),
    async (model, real, drawn) => {
      const worker = { worker: 'w1', lanes: 'gpu main', cutoff: true, limit: 'inside' } as const;
      const end = { halts: false, wait: false, stale: false, want: 0 } as const;
      await startOneOfTwo(model, real, drawn.user, false);
      await settle(model, real, { ...drawn, ...end, op: 'done' });
      await claim(model, real, { ...worker, n: 100, ended: false });
      await putBack(model, real, { ...drawn, confirms: true });
      await settle(model, real, { ...drawn, ...end, op: 'back' });
      await claim(model, real, { ...worker, n: 100, ended: false });
    },
  ),
  step(
    'a retry of what was cancelled while it runs',
    fc.record({ user, lanes }),
    async (model, real, drawn) => {
      const { lease, pending } = userOf(model, drawn.user);
      if (lease) await cancel(model, real, drawn.user, pending.indexOf(lease.job), 'remove');
      await settle(model, real, { ...drawn, op: 'retry', halts: false, wait: false, stale: false, want: 0 });
    },
  ),
  step(
    'losses that no worker looks up',
    fc.record({
      ...{ user, lanes, isUnseen: fc.boolean(), isLookedUp: fc.boolean() },
      limit: fc.constantFrom('inside' as const, 'reached' as const),
    }),
    async (model, real, drawn) => {
      const worker = { lanes: 'gpu main', cutoff: false } as const;
      await claim(model, real, { ...worker, worker: W1, n: 100, ended: true, limit: drawn.limit });
      await claim(model, real, { ...worker, worker: W2, n: 100, ended: !drawn.isUnseen, limit: 'inside' });
      const back = { op: 'back', halts: false, wait: false, stale: false, want: 0 } as const;
      if (drawn.isUnseen) await settle(model, real, { ...drawn, ...back });
      await claim(model, real, { ...worker, worker: W1, n: 100, ended: true, limit: 'inside' });
      if (drawn.isLookedUp) await settle(model, real, { ...drawn, ...back, isUnseen: false });
      await claim(model, real, { ...worker, worker: W2, n: 100, ended: true, limit: 'inside' });
      await claim(model, real, { ...worker, worker: W1, n: 100, ended: false, limit: 'inside' });
    },
  ),
  step('a cancel while the worker is dead', fc.record({ user, lanes }), async (model, real, drawn) => {
    const worker = { worker: 'w1', lanes: 'gpu main', cutoff: false, limit: 'inside' } as const;
    await claim(model, real, { ...worker, n: 100, ended: true });
    await claim(model, real, { ...worker, n: 0, ended: false });
    await cancel(model, real, drawn.user, 0, 'mark');
  }),
  step('purge', fc.record({ user }), async (model, real, drawn) => {
    const of = userOf(model, drawn.user);
    const [, active, token, clock] = (await real.run('begin_purge', model.epoch, of.id)) as string[];
    expect(active).toBe(of.lease?.job.id ?? '');
    expect(Number(token)).toBeGreaterThan(model.lastToken);
    model.lastToken = Number(token);
    const meant = [...of.waiting, ...of.later].map(({ seq }) => seq).filter((seq) => seq <= Number(clock));
    expect(of.waiting.every(({ seq }) => meant.includes(seq))).toBe(true);
    if (of.waiting.length + of.later.length > 0) of.lookUp = Number(clock);
  }),
  step('a call of a past epoch', fc.record({ user }), async (model, real, drawn) => {
    const of = userOf(model, drawn.user);
    const past = model.epoch - 1;
    expect(
      await real.run('hold', past, 0, MAX_BYTES, of.id, 'past', 'echo', '1', OPTS, 0, 9, 0, 0, 'main'),
    ).toBe('CLOSED');
    expect(await real.run('claim', past, 'w1', 9, HOUR_MS, NO_CUTOFF, 'main')).toBe('CLOSED');
    expect(await real.runOf('theirs', 'claim', model.epoch, 'w1', 9, HOUR_MS, NO_CUTOFF, 'main')).toBe(
      'CLOSED',
    );
    for (const job of of.pending) {
      expect(await real.run('confirm', past, of.id, job.id, job.seq, 0)).toBe('CLOSED');
      expect(await real.run('cancel', past, of.id, job.id, 'remove')).toBe('CLOSED');
    }
    if (of.lease) {
      const item = [of.id, of.lease.job.id, of.lease.token, 'done', 0, 0, 0, '', 0, 1, 0];
      expect(await real.run('settle', past, 'w1', HOUR_MS, 'main', ...item)).toBe('CLOSED');
      expect(await real.run('renew', past, 0, of.id, of.lease.token)).toBe('CLOSED');
      expect(await real.run('extend', past, of.id, of.lease.job.id, of.lease.token, 1, 1, 1)).toBe('CLOSED');
    }
    expect(await real.run('apply_settings', past, of.id, 9, 1, 0, 0, 0)).toBe('CLOSED');
    expect(await real.run('begin_purge', past, of.id)).toBe('CLOSED');
    expect(await real.run('end_backoff', past, of.id, 'past', 0)).toBe('CLOSED');
    expect(await real.run('lift_halt', past, of.id, 9e15)).toBe('CLOSED');
    const late = [of.id, 'past', 1, 'echo', '1', OPTS, 0, 0, 1, 0, 0, 'main', 0];
    expect(await real.run('restore', past, ...late)).toBe('CLOSED');
    expect(await real.run('open_shard', past, 0)).toBe('CLOSED');
  }),
  fc.constant(
    new Step('Redis is wiped', '', async (model, real) => {
      await real.redis.flushall();
      model.isOpen = false;
      expect(await real.run('claim', model.epoch, 'w1', 9, HOUR_MS, NO_CUTOFF, 'main')).toBe('CLOSED');
    }),
  ),
  fc.constant(new Step('recover', '', recover, () => true)),
];

export { hasStarted };
