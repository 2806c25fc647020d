/**
 * Eight queues, each broken in its own way, in real processes and stores. An operator who has only the page finds each by its
 * user, reads why it does not move, and sees it move again after the cure that the page names.
 */
import { MongoClient } from 'mongodb';
import type { Browser, Locator, Page } from 'playwright-core';
import type { RequestDocument } from '../../../src/journal/request-document';
import type { AppProcess } from '../../support/app-process';
import { startBrowser } from '../../support/browser';
import { ApiUser, AppCluster, PASSWORD } from '../../support/cluster';
import { ended, requestOf } from '../../support/enqueued';
import { ExternalWorker } from '../../support/external-worker';
import { heldTarget, type HeldTarget } from '../../support/stub-target';
import { until } from '../../support/until';

const HOUR_MS = 3_600_000;
const echo = { type: 'echo', payload: 1 };

let cluster: AppCluster;
let target: HeldTarget;
let browser: Browser;
let page: Page;
let url: string;
let admin: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  target = await heldTarget();
  [browser, { url }] = await Promise.all([startBrowser(), cluster.process('api')]);
  const { app: worker } = await cluster.process('worker');
  admin = await cluster.admin(url);
  await breakThem(worker);
  page = await browser.newPage();
  page.setDefaultTimeout(110_000);
  await page.goto(`${url}/#/admin`);
  await page.getByLabel('Email').fill(admin.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('not moved for').selectOption('5 s');
});
afterAll(() => browser.close());
afterAll(() => cluster.stop());
afterAll(() => target.close());

/** A broken queue, and a request whose success shows that the queue moves again. */
interface Broken {
  readonly user: ApiUser;
  readonly waiting: string;
}
type Way = 'paused' | 'halted' | 'retrying' | 'long' | 'lost' | 'unserved' | 'limited' | 'closed';
const broken = {} as Record<Way, Broken>;

/** Breaks all queues except the one with the long attempt, which needs its worker. */
async function breakThem(worker: AppProcess): Promise<void> {
  await Promise.all([
    breakOne('paused', async (user) => {
      await user.does('POST', '/queue/pause');
      return user.enqueue(echo);
    }),
    breakOne('halted', async (user) => {
      await user.does('PATCH', '/queue', { onFailure: 'halt' });
      const culprit = { type: 'sleep', payload: { ms: 0, failTimes: 1 }, maxAttempts: 1 };
      await ended(user, await user.enqueue(culprit));
      return user.enqueue(echo);
    }),
    breakOne('retrying', async (user) => {
      const backoff = { type: 'fixed', delayMs: HOUR_MS };
      const payload = { ms: 0, failTimes: 100 };
      const failing = await user.enqueue({ type: 'sleep', payload, maxAttempts: 20, backoff });
      await until('it has failed', async () => (await requestOf(user, failing)).attempts.length === 1);
      await beginEarlier(failing, HOUR_MS);
      return user.enqueue(echo);
    }),
    breakOne('unserved', async (user) => {
      await admin.does('PUT', '/admin/types/unserved', { external: true });
      return user.enqueue({ type: 'unserved', payload: 1 });
    }),
    breakOne('limited', async (user) => {
      const { id } = await user.get<{ id: string }>('/auth/me');
      await admin.does('PUT', `/admin/users/${id}/limits`, { rate: { limit: 1, perMs: HOUR_MS } });
      await ended(user, await user.enqueue(echo));
      return user.enqueue(echo);
    }),
    breakOne('closed', (user) => user.enqueue({ ...echo, delayMs: HOUR_MS })),
  ]);
  await breakOne('lost', (user) => running(user, { type: 'http', payload: { url: target.url } }));
  worker.signal('SIGKILL');
  await worker.ended;
  target.release();
}

/** @param breakIt breaks the queue of a new user @returns the waiting request */
async function breakOne(way: Way, breakIt: (user: ApiUser) => Promise<string>): Promise<void> {
  const user = await ApiUser.register(url);
  broken[way] = { user, waiting: await breakIt(user) };
}

/** Enqueues a request. @returns its ID once it runs */
async function running(user: ApiUser, request: object): Promise<string> {
  const id = await user.enqueue(request);
  await until('it runs', async () => (await requestOf(user, id)).status === 'active');
  return id;
}

/** Makes a request and its failed attempt as old as if its target had been down for that long. */
async function beginEarlier(id: string, ms: number): Promise<void> {
  const client = await MongoClient.connect(cluster.mongodbUri);
  const requests = client.db().collection<RequestDocument>('requests');
  const { startedAt, retryingSince, createdAt, attempts } = (await requests.findOne({ _id: id }))!;
  const earlier = (date: Date | undefined) => new Date(date!.getTime() - ms);
  const first = 'attempts.0.startedAt';
  const times = {
    ...{ startedAt: earlier(startedAt), retryingSince: earlier(retryingSince) },
    [first]: earlier(attempts[0]!.startedAt),
  };
  await requests.updateOne({ _id: id }, { $set: { ...times, createdAt: earlier(createdAt) } });
  await client.close();
}

/** The row of a user, once it shows this text. */
async function rowOf({ user }: Broken, badge: string, why: string): Promise<Locator> {
  const row = page.locator('.stuck', { hasText: user.email });
  await row.getByText(badge, { exact: true }).waitFor();
  await row.getByText(why).waitFor();
  await row.getByRole('button', { name: 'What helps' }).click();
  return row;
}
const press = async (row: Locator, cure: string) => {
  await row.getByRole('button', { name: `Do it: ${cure}` }).click();
  await page.getByRole('button', { name: 'Do it now' }).click();
};

/** Waits until the waiting request has succeeded and the row is gone. */
async function moves({ user, waiting }: Broken, row: Locator): Promise<void> {
  expect((await ended(user, waiting)).status).toBe('succeeded');
  await row.waitFor({ state: 'detached' });
}

it('the operator finds a queue that a dead worker has left, and reads what to start', async () => {
  const row = await rowOf(broken.lost, 'Worker lost', 'The worker that ran the head is gone');
  await row.getByText('Start a process with ROLE=worker or all that serves the lane main').waitFor();
  await cluster.process('worker');
  await breakOne('long', async (user) => {
    await running(user, { type: 'sleep', payload: { ms: HOUR_MS }, timeoutMs: HOUR_MS });
    return user.enqueue(echo);
  });
  await moves(broken.lost, row);
});

it.each<[Way, string, string, string]>([
  ['paused', 'Paused', 'The user has paused the queue.', 'Resume the queue.'],
  ['halted', 'Halted', 'A failed request halts the queue', 'Dismiss the failed request'],
  ['retrying', 'Retrying', 'The head fails again and again', 'Cancel the request'],
  ['limited', 'Limited', 'rate limit holds the head', "Lift the user's rate limit."],
  ['long', 'Runs long', 'The head has been running for a long time.', 'Cancel the request'],
])('the operator finds and cures a queue: %s', async (way, badge, why, cure) => {
  const row = await rowOf(broken[way], badge, why);
  if (way === 'retrying') await row.getByText(/^1 h \d+ min, since/).waitFor();
  await press(row, cure);
  await moves(broken[way], row);
});

it('the operator finds a lane without a worker, and reads what to start', async () => {
  const row = await rowOf(broken.unserved, 'No worker', 'no worker serves the lane x.unserved');
  await row.getByText('Start an external worker that claims the type unserved').waitFor();
  const worker = await ExternalWorker.of(admin, url, { unserved: {} });
  for (const claimed of await worker.claim()) await worker.complete(claimed, 1);
  await moves(broken.unserved, row);
});

it('the operator finds the users of a closed shard, and reads what it waits for', async () => {
  await cluster.redis.kill();
  const row = await rowOf(
    broken.closed,
    'Shard closed',
    'it is being rebuilt from MongoDB, or Redis is away',
  );
  await row.getByText('See that Redis and MongoDB answer').waitFor();
  await cluster.redis.restart();
  await row.waitFor({ state: 'detached' });
  await page.getByText('Every queue moves.').waitFor();
  // Shards that Redis closed at different moments are shown apart.
  const cause = 'Redis was empty: it was flushed, or started again without its data.';
  await page.locator('.recovery', { hasText: cause }).first().waitFor();
  const { user } = broken.closed;
  expect((await ended(user, await user.enqueue(echo))).status).toBe('succeeded');
});
