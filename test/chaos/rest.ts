import { setTimeout as delay } from 'node:timers/promises';
import { mongo } from 'mongoose';
import type { MongoSet } from '../support/mongo-set';
import { decideAboutHalt } from './actions';
import type { ChaosAdmin } from './admin';
import type { LastLook } from './history';
import type { ChaosUser } from './user';

/** Takes back what keeps the queue from its end, and waits for it. */
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
    if ((answer?.status === 200 && state === 'idle') || user.client.isTooLate())
      return { user: user.name, state, pending: depth + scheduled };
    if (state === 'halted') await decideAboutHalt(user);
    await delay(100);
  }
}

/** Each recovery of a shard raises its epoch; the first one opens it. */
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
