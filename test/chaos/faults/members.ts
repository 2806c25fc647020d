import { setTimeout as delay } from 'node:timers/promises';
import type { MongoMember } from '../../support/mongo-set';
import { between, Fault, World } from './fault';

/** Does something to the primary, for about a view, in which another one takes over. */
const withoutPrimary =
  (hurt: (primary: MongoMember) => unknown, mend: (primary: MongoMember) => unknown): Fault =>
  async (world) => {
    const primary = await world.mongo.primary();
    await hurt(primary);
    await delay(between(world, 0.5, 1.5) * world.view);
    await mend(primary);
    await world.mongo.primary();
  };

const stepDown: Fault = async ({ mongo }) => {
  const primary = await mongo.primary();
  await primary.command({ replSetStepDown: 2, force: true }).catch(() => undefined); // another one does, perhaps
  await mongo.primary();
};

const restartAll: Fault = async ({ mongo }: World) => {
  await mongo.restart();
  await mongo.primary();
};

const freezeAll: Fault = async (world) => {
  world.mongo.freeze();
  await delay(between(world, 0.1, 1.3) * world.view);
  world.mongo.thaw();
};

/** What a primary took and nobody else has is rolled back when it returns; the first member takes over again then. */
export const MEMBER_FAULTS = {
  'MongoDB is killed': restartAll,
  'MongoDB hangs': freezeAll,
  'the primary of MongoDB steps down': stepDown,
  'the primary of MongoDB is killed': withoutPrimary(
    (primary) => primary.kill(),
    (primary) => primary.launch(),
  ),
  'the primary of MongoDB is frozen': withoutPrimary(
    (primary) => primary.freeze(),
    (primary) => primary.thaw(),
  ),
  /** It goes on taking writes that reach no other, until it learns that there is a new one. */
  'the primary of MongoDB is not followed': withoutPrimary(
    (primary) => primary.way.cut(),
    (primary) => primary.way.mend(),
  ),
};
