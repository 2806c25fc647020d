/** No user waits while another starts more than a quantum of requests, over shards, processes and lanes. (P5) */
import { setTimeout as delay } from 'node:timers/promises';
import { Clock } from '../../../src/common/time/clock';
import { QueueSettings, WorkerSettings } from '../../../src/config/settings';
import type { LeasedJob } from '../../../src/queue/scripts/leased-job';
import { TAKE_NOTHING_BACK } from '../../../src/queue/scripts/claim';
import { ShardScripts } from '../../../src/queue/scripts/shard-scripts.service';
import type { HandlerRegistry } from '../../../src/handlers/handler-registry.service';
import { EventBus } from '../../../src/events/event-bus';
import type { ProcessStore } from '../../../src/queue/epochs/process.store';
import { EpochView } from '../../../src/queue/epochs/epoch-view.service';
import { WorkerChannel } from '../../../src/queue/worker-channel.service';
import { ClaimLoop } from '../../../src/workers/turns/claim-loop';
import { DueShards } from '../../../src/workers/turns/due-shards';
import { ServerClocks } from '../../../src/workers/turns/server-clock';
import type { HandBack } from '../../../src/workers/turns/hand-back';
import type { AttemptEnd } from '../../../src/workers/turns/attempt-end';
import type { Recorder } from '../../../src/workers/turns/recorder.service';
import { DONE } from '../../../src/workers/turns/settlement';
import type { AttemptRunner } from '../../../src/workers/in-process/attempt-runner.service';
import type { Lanes } from '../../../src/workers/in-process/lanes.service';
import type { Isolation } from '../../../src/workers/in-process/isolation/isolation.service';
import { LONG_MS, SlotShares } from '../../../src/workers/in-process/slot-shares.service';
import { InProcessClaimant } from '../../../src/workers/in-process/in-process-claimant.service';
import { Processor } from '../../../src/workers/in-process/processor.service';
import { HeldTurns } from '../../../src/workers/in-process/held-turns.service';
import type { Turn } from '../../../src/workers/in-process/turn';
import { OPTIONS, QueueDriver } from '../../support/queue-driver';
import { QueueFixture, QueueProcess } from '../../support/queue-fixture';
import { until } from '../../support/until';
import { attemptRecord } from '../journal/record-fixture';
import { partOf } from '../../support/part-of';

const QUANTUM = 5;
const SHARDS = 8;

/** The users and requests in the order of their starts, over all workers. No request ends before the gate is opened. */
class Starts {
  readonly users: string[] = [];
  readonly requests: string[] = [];
  open: () => void = () => undefined;
  readonly gate = new Promise<void>((resolve) => (this.open = resolve));

  async run({ userId, requestId }: Pick<LeasedJob, 'userId' | 'requestId'>): Promise<void> {
    this.users.push(userId);
    this.requests.push(requestId);
    await this.gate;
  }
}

/** A worker with everything that decides who is next; its handlers only count, and nothing is recorded. */
class CountingWorker {
  readonly shards: DueShards;
  private readonly processor: Processor;
  private readonly loop: ClaimLoop;
  private readonly turns: HeldTurns;
  private readonly stopListening: () => void;

  constructor(process: QueueProcess, name: string, slots: number, lanes: string, starts: Starts) {
    const [view, scripts, clock] = [process.get(EpochView), process.get(ShardScripts), new Clock()];
    const settings = process.module.get(QueueSettings);
    const concurrency = { concurrency: slots, longShare: 1 / 2, targetShare: 1 / 2 } as WorkerSettings;
    const self = { worker: name } as ProcessStore;
    const events = new EventBus();
    const targets: Pick<HandlerRegistry, 'targetOf'> = {
      targetOf: (_, payload) => (payload() as { to?: string }).to,
    };
    this.shards = new DueShards(new ServerClocks(settings));
    this.turns = new HeldTurns(view, settings, concurrency, { words: lanes } as Lanes, clock, self);
    const runner = {
      run: async ({ job }: Turn): Promise<AttemptEnd> => {
        await starts.run(job);
        return { record: attemptRecord(), then: { kind: 'succeeded' } };
      },
    };
    const recorder = {
      lookUp: async () => ({ attemptsMade: 0, crashes: 0 }),
      tellStarted: async () => undefined,
      record: async () => DONE,
    };
    const handBack = partOf<HandBack>({ replyLost: () => undefined, lookAt: () => Infinity });
    this.processor = new Processor(
      this.turns,
      partOf<AttemptRunner>(runner),
      { isPossible: false } as Isolation,
      new SlotShares(targets as HandlerRegistry, concurrency, events, clock),
      partOf<Recorder>(recorder),
      scripts,
      handBack,
      this.shards,
      settings,
      clock,
    );
    const claimant = new InProcessClaimant(this.turns, this.processor);
    this.loop = new ClaimLoop(claimant, handBack, scripts, view, this.shards, clock);
    this.stopListening = process.get(WorkerChannel).listen(name, {
      wake: (shard) => this.loop.wake(shard),
      abort: () => undefined,
    });
    this.loop.start();
  }

  /** Whether it would ask the shard before it continues with a user of its own. */
  knows(shard: number): boolean {
    return this.shards.due(new Clock().monotonic()).some((state) => state.shard === shard);
  }

  async stop(): Promise<void> {
    this.processor.close();
    this.stopListening();
    await this.loop.stop();
    await this.turns.whenNone(AbortSignal.timeout(10_000));
  }
}

let fixture: QueueFixture;
let one: QueueProcess;
let another: QueueProcess;
let users = 0;
const workers: CountingWorker[] = [];

beforeEach(async () => {
  fixture = await QueueFixture.start();
  const settings = { QUEUE_SHARDS: String(SHARDS), LEASE_MS: '20000', VIEW_MS: '60000' };
  one = await fixture.process(settings);
  another = await fixture.process(settings);
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((each) => each.stop()));
  await fixture.stop();
});

/** A new user of a shard. */
function userOf(shard: number): QueueDriver {
  for (;;) {
    const userId = `fair-${(users += 1)}`;
    if (one.queues.shardOf(userId) === shard) return new QueueDriver(one, userId);
  }
}

async function backlog(user: QueueDriver, n: number, lane = 'main'): Promise<void> {
  for (let i = 0; i < n; i++) await user.accept(`${user.userId}-${i}`, { lane });
}

const startWorker = (process: QueueProcess, name: string, slots: number, lanes: string, starts: Starts) => {
  const worker = new CountingWorker(process, name, slots, lanes, starts);
  workers.push(worker);
  return worker;
};

it('newcomers of all shards get the slots of four workers before any user starts more than a quantum', async () => {
  const starts = new Starts();
  const slots = 4;
  // Each backlog is alone on its shard; no user of the other shards waits.
  const heavy = [0, 1, 2, 3].map(userOf);
  await Promise.all(heavy.map((user) => backlog(user, 60)));
  const all = ['w1', 'w2', 'w3', 'w4'].map((name, i) =>
    startWorker(i < 2 ? one : another, name, 1, 'main', starts),
  );
  await until('every slot is taken', () => starts.users.length === slots);

  const newcomers = [4, 5, 4].map(userOf);
  for (const user of newcomers) await user.accept(`${user.userId}-0`);
  await until('all know', () => all.every((worker) => [4, 5].every((shard) => worker.knows(shard))));
  await delay(300); // they have waited for clearly longer than a user who returns after a quantum
  starts.open();
  const first = (user: QueueDriver) => starts.users.indexOf(user.userId);
  await until('all have started', () => newcomers.every((user) => first(user) >= 0));

  for (const user of newcomers) {
    const before = starts.users.slice(0, first(user));
    for (const other of new Set(before))
      expect(before.filter((each) => each === other).length).toBeLessThanOrEqual(QUANTUM);
  }
});

it('a claim leases no user who has waited for less than its patience, and says since when they wait', async () => {
  const [first, second] = [userOf(0), userOf(0)];
  for (const user of [first, second]) {
    await backlog(user, 1);
    await delay(3);
  }
  const worker = { name: 'w1', lanes: 'main' };
  const item = { worker, n: 8, leaseMs: 60_000, cutoff: TAKE_NOTHING_BACK };
  const ask = (patienceMs: number) =>
    first.permitted(({ shard, epoch }) => first.scripts.claim(shard, epoch, { ...item, patienceMs }));
  const { jobs, now, nextDueAt } = await ask(60_000);
  expect([jobs, nextDueAt! <= now]).toEqual([[], true]);
  expect((await ask(0)).jobs.map(({ userId }) => userId)).toEqual([first.userId, second.userId]);
});

it('the users of all lanes of a worker get its slot in the order of their waiting', async () => {
  const starts = new Starts();
  const heavy = userOf(0);
  await backlog(heavy, 40);
  const worker = startWorker(one, 'both', 1, 'gpu main', starts);
  await until('the slot is taken', () => starts.users.length === 1);

  const newcomers = ['main', 'gpu', 'gpu', 'main', 'gpu', 'main'].map((lane) => ({ lane, user: userOf(0) }));
  for (const { lane, user } of newcomers) {
    await backlog(user, 1, lane);
    await delay(3); // the wait of a user is known to the millisecond
  }
  await until('the worker knows that they wait', () => worker.knows(0));
  starts.open();
  const expected = [
    ...Array<string>(QUANTUM).fill(heavy.userId),
    ...newcomers.map(({ user }) => user.userId),
  ];
  await until('all have started', () => starts.users.length >= expected.length);
  expect(starts.users.slice(0, expected.length)).toEqual(expected);
});

it('long attempts get at most half of the slots, however many wait', async () => {
  const starts = new Starts();
  const long = Array.from({ length: 8 }, () => userOf(0));
  for (const user of long) {
    await user.accept(`${user.userId}-0`, { options: { ...OPTIONS, timeout: LONG_MS + 1 } });
    await delay(3);
  }
  startWorker(one, 'w1', 4, 'main', starts);
  await until('their share is taken', () => starts.users.length === 2);
  const short = [0, 1].map(userOf);
  for (const user of short) await user.accept(`${user.userId}-0`);
  await until('others have the other slots', () => starts.users.length === 4);
  expect(starts.users).toEqual([...long.slice(0, 2), ...short].map(({ userId }) => userId));

  starts.open();
  await until('all have started', () => starts.users.length === long.length + short.length);
  expect(new Set(starts.users.slice(4))).toEqual(new Set(long.slice(2).map(({ userId }) => userId)));
});

it('attempts to one target get at most half of the slots, in the order of their users, and others continue', async () => {
  const starts = new Starts();
  const hanging = Array.from({ length: 8 }, () => userOf(0));
  for (const user of hanging) {
    for (const i of [0, 1])
      await user.accept(`${user.userId}-${i}`, { payload: '{"to":"a host that hangs"}' });
    await delay(3);
  }
  startWorker(one, 'w1', 4, 'main', starts);
  await until('their share is taken', () => starts.users.length === 2);
  const others = [0, 1].map(userOf);
  for (const user of others) await user.accept(`${user.userId}-0`, { payload: '{"to":"another"}' });
  await until('others have the other slots', () => starts.users.length === 4);
  expect(starts.users).toEqual([...hanging.slice(0, 2), ...others].map(({ userId }) => userId));

  starts.open();
  await until('all have started', () => starts.users.length === 2 * hanging.length + others.length);
  for (const { userId } of hanging)
    expect(starts.requests.filter((id) => id.startsWith(`${userId}-`))).toEqual([
      `${userId}-0`,
      `${userId}-1`,
    ]);
});
