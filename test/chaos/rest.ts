import { setTimeout as delay } from 'node:timers/promises';
import { mongo } from 'mongoose';
import type { MongoSet } from '../support/mongo-set';
import { decideAboutHalt } from './actions';
import type { ChaosAdmin } from './admin';
import type { LastLook } from './history';
import type { ChaosUser } from './user';

/** A request that is due later than this from now, ms, was scheduled by a clock that was ahead. */
const MUCH_LATER_MS = 60_000;

/** Ends everything that keeps the queue from becoming idle, and waits until it is. */
export async function toRest(user: ChaosUser, admin: ChaosAdmin): Promise<LastLook> {
  await admin.limit(user, null);
  await user.decide('continue');
  await user.decide('resume');
  for (;;) {
    const answer = await user.client.call('GET', '/queue');
    const { state, depth, scheduled } = (answer?.body ?? {}) as {
      state: string;
      depth: number;
      scheduled: number;
    };
    if (user.client.isTooLate()) return { user: user.name, state, pending: depth + scheduled };
    if (
      answer?.status === 200 &&
      (state === 'idle' || (state === 'waiting' && depth === 0 && (await isNothingScheduled(user))))
    )
      return { user: user.name, state: 'idle', pending: 0 };
    if (state === 'halted') await decideAboutHalt(user);
    await delay(100);
  }
}

/**
 * Cancels requests that are scheduled much later. An unconfirmed place stays until it is due: nobody was promised it.
 * @returns whether no request is scheduled
 */
async function isNothingScheduled(user: ChaosUser): Promise<boolean> {
  const answer = await user.client.call('GET', '/requests?status=scheduled&limit=200');
  if (answer?.status !== 200) return false;
  const scheduled = answer.body['items'] as { id: string; runAt: string }[];
  for (const { id, runAt } of scheduled)
    if (Date.parse(runAt) > Date.now() + MUCH_LATER_MS) await user.decide('cancel', id);
  return scheduled.length === 0;
}

/** The number of recoveries: each raises the epoch of its shard, whose first opening has epoch 1. */
export async function recoveriesOf(store: MongoSet): Promise<number> {
  const client = new mongo.MongoClient(store.uri('chaos'));
  try {
    const view = await client
      .db()
      .collection<{ _id: string; shardEpochs: Record<string, number> }>('view')
      .findOne();
    const epochs = Object.values(view?.shardEpochs ?? {});
    return epochs.reduce((sum, epoch) => sum + epoch, 0) - epochs.length;
  } finally {
    await client.close();
  }
}
