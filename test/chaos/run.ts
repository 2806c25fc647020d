import { MongoServer } from '../support/mongo-server';
import { seeded } from '../support/seeded';
import { DECIDING, SENDING } from './actions';
import { FencingTarget } from './fencing-target';
import { FaultName, FAULTS } from './faults/all';
import type { World } from './faults/fault';
import { Fleet } from './fleet';
import type { History } from './history';
import { HonestClient } from './honest-client';
import { after, DoneFault, keepActing, keepHurting } from './loops';
import { RedisPair } from './redis-pair';
import { recoveriesOf, toRest } from './rest';
import { ChaosUser } from './user';

export interface RunOptions {
  readonly minutes: number;
  readonly seed: number;
  /** All, if not given. */
  readonly faults?: readonly FaultName[] | undefined;
  /** Instead of dist/main.js. */
  readonly program?: string | undefined;
  readonly variables?: Readonly<Record<string, string>>;
}

export interface Run {
  readonly history: History;
  /** What was done, and when. */
  readonly faults: readonly DoneFault[];
  /** How often a shard was made anew. */
  readonly recoveries: number;
  readonly deaths: Readonly<Record<string, number>>;
  /** What processes have said of themselves, a text each. */
  readonly logs: readonly string[];
}

const USERS = 20;
const ROLES = ['api', 'api', 'worker', 'worker', 'worker'] as const;
/** ms; a lease is longer than a busy machine keeps a process waiting. */
const [LEASE, VIEW, HOLD] = [1500, 3500, 700] as const;
/** At most between two faults of a list, ms: often little, sometimes enough for all to be well again. */
const REST_BETWEEN_MS = [9000, 18_000] as const;
/** When all is well again and no call has come for so long (ms), none is waited for any more. */
const REST_MS = 60_000;

/** Runs the built application under faults, with users who send and decide, and writes down what they see. */
export async function runChaos({
  minutes,
  seed,
  faults: names,
  program,
  variables = {},
}: RunOptions): Promise<Run> {
  const [redis, store, target] = await Promise.all([
    RedisPair.start(),
    MongoServer.start(),
    FencingTarget.start(),
  ]);
  const fleet = new Fleet({
    redisPort: redis.port,
    mongoPort: store.port,
    program,
    variables: {
      JWT_SECRET: 'a-secret-that-only-these-tests-know',
      LEASE_MS: String(LEASE),
      VIEW_MS: String(VIEW),
      HOLD_MS: String(HOLD),
      SHUTDOWN_GRACE_MS: '1000',
      QUEUE_SHARDS: '4',
      QUEUE_MAX_DEPTH: '150',
      ...variables,
    },
  });
  try {
    for (const role of ROLES) await fleet.add(role);
    const isOver = after(minutes * 60_000);
    // Late is when nothing has moved for long: how long the queues take to their end is the machine's.
    let wellAt = Infinity; // the faults go on for a while after their time: the last of each list is finished
    const isTooLate = () => performance.now() - Math.max(target.lastCallAt, wellAt) > REST_MS;
    const users = Array.from({ length: USERS }, (_, i) => {
      const client = new HonestClient(() => fleet.apis, seeded(seed * 1000 + i), isTooLate);
      return new ChaosUser(`user-${i}`, client, target.url);
    });
    await Promise.all(users.map(({ client }) => client.register()));

    const acting = users.flatMap((user) => [
      keepActing(user, SENDING, 600, LEASE, isOver),
      keepActing(user, DECIDING, 1500, LEASE, isOver),
    ]);
    const faults: DoneFault[] = [];
    const hurting = FAULTS.map((list, i) => {
      const random = seeded(seed * 1000 + 500 + i);
      const world: World = { fleet, redis, mongo: store, target, random, lease: LEASE, view: VIEW };
      return keepHurting(world, list, names, REST_BETWEEN_MS[i]!, faults, isOver);
    });
    const well = Promise.all(hurting).then(() => (wellAt = performance.now()));
    await Promise.all([...acting, well]);
    const queues = await Promise.all(users.map(toRest));
    const ends = (await Promise.all(users.map((user) => user.ends()))).flat();
    return {
      history: {
        enqueued: users.flatMap(({ enqueued }) => enqueued),
        decisions: users.flatMap(({ decisions }) => decisions),
        calls: target.calls,
        ends,
        queues,
        hurts: faults,
      },
      faults,
      recoveries: await recoveriesOf(store),
      deaths: fleet.deaths,
      logs: fleet.logs,
    };
  } finally {
    await fleet.stop();
    await Promise.all([target.stop(), redis.stop(), store.stop()]);
  }
}
