import { setTimeout as delay } from 'node:timers/promises';
import { between, Fault, someOf, victimOf, World } from './fault';

const leadAll = ({ fleet, redis }: World): void => {
  for (const place of fleet.places) place.redis.leadTo(redis.port);
};

const rollBack: Fault = async (world) => {
  const dump = await world.redis.dump();
  await delay(between(world, 50, 3000));
  await world.redis.restartFrom(dump);
};

const hang: Fault = async (world) => {
  world.redis.freeze();
  await delay(between(world, 100, 2500));
  world.redis.thaw();
};

/** A is gone, and B has not received its last writes. */
const failOver: Fault = async (world) => {
  const { redis } = world;
  redis.holdBack();
  await delay(between(world, 0, 1000));
  await redis.promote();
  leadAll(world);
  await redis.follow();
};

/** A to B to A: back to A with its old data, so that everything written to B is lost. */
const failOverAndBack: Fault = async (world) => {
  const { redis } = world;
  redis.holdBack();
  await delay(between(world, 0, 500));
  await redis.promote();
  leadAll(world);
  await delay(between(world, 100, 3000));
  redis.goBack();
  leadAll(world);
  await delay(between(world, 100, 1000));
  await redis.follow();
};

/** Some processes stay with A, and some of these are cut off from MongoDB; the others use B. */
const splitBrain: Fault = async (world) => {
  const { fleet, redis } = world;
  const left = new Set(someOf(world));
  const blind = [...left].filter(() => world.random() < 0.5);
  await redis.promote();
  for (const place of blind) place.mongo.cut();
  for (const place of fleet.places) if (!left.has(place)) place.redis.leadTo(redis.port);
  await delay(between(world, 0.3, 1.8) * world.view);
  for (const place of blind) place.mongo.mend();
  leadAll(world);
  await redis.follow();
};

/** A worker that is cut off from MongoDB stays with A for longer than its view lasts, while the others use B. */
const leaveOneBehind: Fault = async (world) => {
  const { fleet, redis } = world;
  const left = victimOf(world, 'worker');
  if (!left) return;
  await redis.promote();
  left.mongo.cut();
  for (const place of fleet.places) if (place !== left) place.redis.leadTo(redis.port);
  await delay(between(world, 1.5, 2.2) * world.view);
  left.mongo.mend();
  leadAll(world);
  await redis.follow();
};

export const STORE_FAULTS = {
  'Redis is killed': (({ redis }) => redis.restartEmpty()) satisfies Fault,
  'Redis is flushed': (async ({ redis }) => void (await redis.client.flushall())) satisfies Fault,
  'Redis forgets its scripts': (async ({ redis }) =>
    void (await redis.client.script('FLUSH'))) satisfies Fault,
  'Redis hangs': hang,
  'Redis is rolled back': rollBack,
  'Redis fails over': failOver,
  'Redis fails over and back': failOverAndBack,
  'Redis is of two minds': splitBrain,
  'a worker is left behind': leaveOneBehind,
};
