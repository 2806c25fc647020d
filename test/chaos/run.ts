import { MongoSet } from '../support/mongo-set';
import { seeded } from '../support/seeded';
import { DECIDING, ERASING, SENDING } from './actions';
import { ChaosAdmin } from './admin';
import { Calls } from './calls';
import { EXTERNAL_TYPE, ExternalWorker } from './external-worker';
import { FencingTarget } from './fencing-target';
import { FaultName, FAULTS, REFILLS } from './faults/all';
import { CLOCK_FAULTS } from './faults/clocks';
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
  /** All if omitted. */
  readonly faults?: readonly FaultName[] | undefined;
  /** dist/main.js if omitted. */
  readonly program?: string | undefined;
  /** The build of another version: processes change to it and back. */
  readonly old?: string | undefined;
  readonly variables?: Readonly<Record<string, string>>;
  /** Duration of each call of the target, which then succeeds, ms; random if omitted. */
  readonly steadyMs?: number | undefined;
}

export interface Run {
  readonly history: History;
  /** The faults and their times. */
  readonly faults: readonly DoneFault[];
  /** How often a shard was rebuilt. */
  readonly recoveries: number;
  readonly deaths: Readonly<Record<string, number>>;
  /** The output of the processes. */
  readonly logs: readonly string[];
}

/** The number of users, and how many of them are customers of one account. */
const [USERS, CUSTOMERS] = [20, 5] as const;
const ROLES = ['api', 'api', 'worker', 'worker', 'worker'] as const;
/** ms; a lease is longer than a busy machine makes a process stall. */
const [LEASE, VIEW, HOLD] = [1500, 3500, 700] as const;
/** The durations in which processes differ; each LEASE and HOLD is less than each VIEW. */
const UNEQUAL = [{}, { LEASE_MS: '2200', VIEW_MS: '4500' }, { LEASE_MS: '1200', HOLD_MS: '900' }] as const;
/** The longest time from a shard's loss until it is open, ms; if it takes longer, nothing starts meanwhile. */
const REFILLED_MS = 3 * VIEW;
const EXTERNAL_WORKERS = 2;
/** From the shortest possible lease to the longest that a view allows, ms. */
const externalLeases = (view: number) => [1000, Math.floor((view * 2) / 3)] as const;
/** The longest pauses between two faults of a list, ms: often short, sometimes enough for everything to recover. */
const REST_BETWEEN_MS = [9000, 18_000, 30_000] as const;
/** The same for chosen faults. */
const CHOSEN_REST_MS = 5000;
/** Once there is no fault and no call for this long (ms), no call is waited for. */
const REST_MS = 60_000;

/** Runs the built application under faults with users who send and decide, and records what they see. */
export async function runChaos({
  minutes,
  seed,
  faults: names,
  program,
  old,
  variables = {},
  steadyMs,
}: RunOptions): Promise<Run> {
  const calls = new Calls();
  const [redis, store, target] = await Promise.all([
    RedisPair.start(),
    MongoSet.start(),
    FencingTarget.start(calls, steadyMs),
  ]);
  const fleet = new Fleet({
    redisPort: redis.port,
    mongo: store,
    program,
    old,
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
    ...(variables['VIEW_MS'] === undefined ? { unequal: UNEQUAL } : {}),
  });
  try {
    for (const role of ROLES) await fleet.add(role);
    const isOver = after(minutes * 60_000);
    // "Late" means that nothing has moved for long: how long the queues take depends on the machine.
    let wellAt = Infinity; // the faults continue for a while after their time, because the last of each list is finished
    const isTooLate = () => performance.now() - Math.max(calls.lastAt, wellAt) > REST_MS;
    const clientOf = (n: number) => new HonestClient(() => fleet.apis, seeded(seed * 1000 + n), isTooLate);
    const admin = await ChaosAdmin.of(clientOf(900), fleet);
    await admin.declare(EXTERNAL_TYPE);
    const [worker, account] = [await admin.key('work'), await admin.key('act-as')];
    const users = Array.from({ length: USERS }, (_, i) => {
      const name = `user-${i}`;
      const isCustomer = i < CUSTOMERS;
      const client = isCustomer ? account.forCustomer(name, seeded(seed * 1000 + i)) : clientOf(i);
      return new ChaosUser(name, client, target.url, isCustomer ? account : undefined);
    });
    await Promise.all(users.filter((user) => !user.account).map(({ client }) => client.register()));
    let hasEnded = false;
    const working = Array.from({ length: EXTERNAL_WORKERS }, () =>
      new ExternalWorker(worker, calls, externalLeases(Number(variables['VIEW_MS'] ?? VIEW))).work(
        () => hasEnded,
      ),
    );

    const acting = users.flatMap((user) => [
      keepActing(user, SENDING, 600, LEASE, isOver),
      keepActing(user, old === undefined ? [...DECIDING, ERASING] : DECIDING, 1500, LEASE, isOver),
    ]);
    acting.push(admin.keepLimiting(users, isOver));
    const faults: DoneFault[] = [];
    const hurting = FAULTS.map((list, i) => {
      const random = seeded(seed * 1000 + 500 + i);
      const world: World = { fleet, redis, mongo: store, target, calls, random, lease: LEASE, view: VIEW };
      return keepHurting(world, list, names, names ? CHOSEN_REST_MS : REST_BETWEEN_MS[i]!, faults, isOver);
    });
    const well = Promise.all(hurting).then(() => (wellAt = performance.now()));
    await Promise.all([...acting, well]);
    const queues = await Promise.all(users.map((user) => toRest(user, admin)));
    hasEnded = true;
    await Promise.all(working);
    const ends = (await Promise.all(users.map((user) => user.ends()))).flat();
    return {
      history: {
        enqueued: users.flatMap(({ enqueued }) => enqueued),
        decisions: users.flatMap(({ decisions }) => decisions),
        calls: calls.all,
        ends,
        queues,
        hurts: faults,
        moves: faults.filter(({ name }) => name in CLOCK_FAULTS),
        refills: faults
          .filter(({ name }) => REFILLS.has(name))
          .map(({ from, to }) => ({ from, to: to + REFILLED_MS })),
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
