/** Blocked users cost the others nothing, and users without pending requests cost nothing at all. (P4, P5) */
import { getModelToken } from '@nestjs/mongoose';
import { shardOf } from '../../../src/queue/keys';
import type { QueueControl } from '../../../src/queue/queue-control';
import { RequestRecord, requestsOf } from '../../../src/journal/request.schema';
import { ApiUser, AppCluster } from '../../support/cluster';
import { QueueDriver } from '../../support/queue-driver';
import { QueueFixture, QueueProcess } from '../../support/queue-fixture';
import { httpTarget } from '../../support/stub-target';
import { until } from '../../support/until';
import { endedDocument } from '../journal/record-fixture';

jest.setTimeout(300_000); // up to six windows, and the set-up of every blocked user

const BLOCKED = 2_000;
const SHARDS = 4;
const AT_ONCE = 100;
const HOUR_MS = 3_600_000;
const TRIES = 100;

let cluster: AppCluster;
let fixture: QueueFixture;
let here: QueueProcess;

beforeAll(async () => {
  cluster = await AppCluster.start();
  fixture = QueueFixture.on(cluster);
  here = await fixture.process({ QUEUE_SHARDS: String(SHARDS) });
});
afterAll(async () => {
  await fixture.stopProcesses();
  await cluster.stop();
});

/** The ways to block a user with pending requests for an hour. */
const WAYS: ((user: QueueDriver) => Promise<void>)[] = [
  async (user) => {
    await user.accept('a');
    await settleHead(user, { op: 'retry', attemptsMade: 1, notBefore: Date.now() + HOUR_MS });
  },
  async (user) => {
    await user.accept('a');
    await user.accept('b');
    const token = await settleHead(user, {});
    await user.permitted((permit) => user.controls.liftHalt(permit, user.userId, token - 1));
  },
  async (user) => {
    await apply(user, { paused: true });
    await user.accept('a');
  },
  async (user) => {
    await apply(user, { rate: { limit: 1, perMs: HOUR_MS } });
    await user.accept('a');
    await user.accept('b');
    await settleHead(user, {});
  },
];

/** The snapshot of a user blocked in each way. */
const SEEN = [
  { paused: false, halted: false, isDueLater: true },
  { paused: false, halted: true, isDueLater: false },
  { paused: true, halted: false, isDueLater: false },
  { paused: false, halted: false, isDueLater: true },
];

const apply = (user: QueueDriver, control: Partial<QueueControl>) =>
  user.permitted((permit) =>
    user.controls.apply(permit, { userId: user.userId, version: 1, paused: false, ...control }),
  );

/** Ends the head's attempt. In the second way, this halts the queue. */
async function settleHead(user: QueueDriver, more: Parameters<QueueDriver['settle']>[2]): Promise<number> {
  const job = await user.claim(`setup-${user.userId}`);
  if (!job) throw new Error('nothing was given');
  const halting = user.userId.startsWith('blocked-1-') ? job.token : 0;
  await user.settle('a', job.token, { halting, ...more });
  return job.token;
}

async function block(from: number): Promise<void> {
  const users = Array.from({ length: AT_ONCE }, (_, i) => from + i);
  for (const [way, act] of WAYS.entries()) {
    // One after another; otherwise one claim would get another user's head.
    for (const i of users.filter((each) => each % WAYS.length === way))
      await act(new QueueDriver(here, `blocked-${way}-${i}`));
  }
}

/** Records the failed requests that halt: the maintenance lifts a halt without a failed request. */
async function recordHalts(): Promise<void> {
  const halting = Array.from({ length: BLOCKED }, (_, i) => i).filter((i) => i % WAYS.length === 1);
  await requestsOf(here.module.get(getModelToken(RequestRecord.name))).insertMany(
    halting.map((i) => {
      const userId = `blocked-1-${i}`;
      return endedDocument({ userId, shard: shardOf(userId, SHARDS), status: 'failed', halts: true });
    }),
  );
}

/** The number of commands that Redis has received, without those of this test. */
async function commands(): Promise<number> {
  const info = await cluster.redis.client().info('stats');
  return Number(/total_commands_processed:(\d+)/.exec(info)?.[1]);
}

/** ms: about forty polls, so that one poll more or less makes little difference. */
const WINDOW_MS = 10_000;

/** The number of commands in this window of an otherwise idle cluster. */
async function commandsWhileIdle(): Promise<number> {
  const before = await commands();
  await new Promise((resolve) => setTimeout(resolve, WINDOW_MS));
  return (await commands()) - before;
}

it('a user is served beside 2,000 blocked users, who do not raise the number of Redis commands', async () => {
  const first = await cluster.process('all');
  const z = await ApiUser.register(first.url);
  // A poll that stalled is missing in its window: the busiest one is what idling costs.
  const idle = Math.max(await commandsWhileIdle(), await commandsWhileIdle(), await commandsWhileIdle());
  first.app.signal('SIGTERM');
  await first.app.ended;
  for (let from = 0; from < BLOCKED; from += AT_ONCE) await block(from);
  await recordHalts();
  z.url = (await cluster.process('all')).url;

  const times: number[] = [];
  for (let i = 0; i < TRIES; i++) {
    const sentAt = performance.now();
    const answer = await z.call('POST', '/enqueue', { type: 'echo', payload: i }, { prefer: 'wait=60' });
    expect(answer.status).toBe(200);
    times.push(performance.now() - sentAt);
  }
  times.sort((a, b) => a - b);
  // Whatever a stall causes comes on top, and not in every window.
  let blocked = await commandsWhileIdle();
  for (let more = 0; more < 2 && blocked >= 1.5 * idle; more++)
    blocked = Math.min(blocked, await commandsWhileIdle());
  console.log(
    `beside ${BLOCKED} blocked users: echo over HTTP p50 ${times[TRIES / 2]!.toFixed(0)} ms, ` +
      `p99 ${times[TRIES - 2]!.toFixed(0)} ms; commands in ${WINDOW_MS} ms: ${idle} without them, ${blocked} with them`,
  );
  expect(blocked).toBeLessThan(1.5 * idle);
  for (const [way, { paused, halted, isDueLater }] of SEEN.entries()) {
    const seen = (await here.queues.snapshot(`blocked-${way}-${way}`))!;
    expect(seen).toMatchObject({ activeId: undefined, depth: 1, paused, halted });
    expect([way, (seen.nextDueAt ?? 0) > seen.now]).toEqual([way, isDueLater]);
  }
});

it('a user without pending requests has no key in Redis', async () => {
  const { url } = await cluster.process('all');
  const user = await ApiUser.register(url);
  const me = await user.get<{ id: string }>('/auth/me');
  const keys = () => cluster.redis.client().keys(`*${me.id}*`);
  let answer: () => void = () => undefined;
  const looked = new Promise<void>((resolve) => (answer = resolve));
  const target = await httpTarget((_call, response) => {
    void looked.then(() => response.writeHead(target.calls.length === 1 ? 503 : 200).end());
  });
  const backoff = { type: 'fixed', delayMs: 1 };
  const last = await user.enqueue({ type: 'http', payload: { url: target.url }, backoff });
  expect(await keys()).not.toEqual([]);
  answer();
  await until('it has ended', async () => {
    const { status } = await user.get<{ status: string }>(`/requests/${last}`);
    return status === 'succeeded';
  });
  await until('nothing is left', async () => (await keys()).length === 0);
  await target.close();
});
