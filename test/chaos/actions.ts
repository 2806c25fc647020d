import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { pick } from '../support/seeded';
import { eraseCustomer } from './erasing';
import { anyRequest, failingRequest, slowRequest, wrongRequest } from './requests';
import type { ChaosUser } from './user';

/** An action of a user; to add one, add it to a list below. */
export interface Action {
  readonly weight: number;
  /** @param lease ms */
  run(user: ChaosUser, lease: number): Promise<unknown>;
}

const several = (user: ChaosUser, lease: number) =>
  Array.from({ length: 2 + Math.floor(user.random() * 6) }, () => anyRequest(user, lease));

const SENT: readonly Action[] = [
  { weight: 60, run: (user, lease) => user.enqueue([anyRequest(user, lease)]) },
  {
    weight: 10,
    run: (user, lease) => user.enqueue([anyRequest(user, lease)], Math.ceil(user.random() * 3000)),
  },
  { weight: 5, run: (user, lease) => user.enqueue([anyRequest(user, lease)], 0, true) },
  { weight: 8, run: (user, lease) => user.enqueue(several(user, lease)) },
  { weight: 3, run: (user, lease) => user.enqueue(several(user, lease), 0, true) },
  { weight: 2, run: (user, lease) => user.enqueue([wrongRequest(user, lease)]) },
  { weight: 2, run: (user, lease) => user.enqueue([...several(user, lease), wrongRequest(user, lease)]) },
  { weight: 2, run: reuseKey },
];

/** What a user sends. These follow each other, and no erasure happens during one. */
export const SENDING: readonly Action[] = SENT.map((action) => ({
  weight: action.weight,
  run: (user, lease) => user.exclusively(() => action.run(user, lease)),
}));

/** What a user decides. These follow each other, and run beside what is sent. */
export const DECIDING: readonly Action[] = [
  { weight: 10, run: cancelOne },
  { weight: 5, run: (user) => decideAboutFailed(user, 'retry') },
  { weight: 2, run: (user) => decideAboutFailed(user, 'dismiss') },
  { weight: 2, run: pauseForAWhile },
  { weight: 2, run: haltForAWhile },
  { weight: 1, run: purgeBacklog },
  { weight: 1, run: cancelRestForAWhile },
];

/** For customers only, and not with an old version, which does not know that an erased customer is another user. */
export const ERASING: Action = { weight: 1, run: eraseCustomer };

/** The second request with the key is refused, because it is a different one. */
async function reuseKey(user: ChaosUser, lease: number): Promise<void> {
  const key = randomUUID();
  if ((await user.enqueue([anyRequest(user, lease)], 0, false, key)) !== 'done') return;
  await user.enqueue([anyRequest(user, lease)], 0, false, key);
}

/** Cancels one of the latest requests: it may wait, run, be due for a retry, or have ended. */
async function cancelOne(user: ChaosUser): Promise<void> {
  const latest = user.promised.slice(-6);
  if (latest.length > 0) await user.decide('cancel', pick(user.random, latest).id);
}

async function decideAboutFailed(user: ChaosUser, kind: 'retry' | 'dismiss'): Promise<void> {
  const answer = await user.client.call('GET', '/requests?status=failed&limit=5');
  const failed = (answer?.status === 200 ? answer.body['items'] : []) as { id: string }[];
  if (failed.length > 0) await user.decide(kind, pick(user.random, failed).id);
}

async function pauseForAWhile(user: ChaosUser): Promise<void> {
  await user.decide('pause');
  await delay(user.random() * 2000);
  await user.decide('resume');
}

async function haltForAWhile(user: ChaosUser): Promise<void> {
  await user.decide('halt');
  for (let i = 0; i < 3; i++) {
    await delay(user.random() * 1000);
    await decideAboutHalt(user);
  }
  await user.decide('continue');
  await decideAboutHalt(user);
}

/** Purges the queue behind a slow request, so that something waits. */
async function purgeBacklog(user: ChaosUser, lease: number): Promise<void> {
  await user.exclusively(() => user.enqueue([slowRequest(user, lease), ...several(user, lease)], 0, true));
  await user.decide('purge');
}

/** Makes requests wait behind one that fails. */
async function cancelRestForAWhile(user: ChaosUser, lease: number): Promise<void> {
  await user.decide('cancelRest');
  await user.exclusively(() => user.enqueue([failingRequest(user, lease), ...several(user, lease)], 0, true));
  await delay(2000 + user.random() * 4000);
  await user.decide('continue');
}

/** If the queue is halted, retries or dismisses the request that halts it. */
export async function decideAboutHalt(user: ChaosUser): Promise<void> {
  const answer = await user.client.call('GET', '/queue');
  const haltedBy = answer?.body['haltedBy'];
  if (answer?.status !== 200 || typeof haltedBy !== 'string') return;
  await user.decide(user.random() < 0.5 ? 'retry' : 'dismiss', haltedBy);
}
