import { setTimeout as delay } from 'node:timers/promises';
import type { MongoMember } from '../../support/mongo-set';
import { between, Fault, World } from './fault';

/** Disturbs the primary for about a view, in which another member becomes the primary. */
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
  await primary.command({ replSetStepDown: 2, force: true }).catch(() => undefined); // perhaps another member does
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

/** Writes that only the primary has are rolled back when it returns; then the first member becomes the primary again. */
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
  /** It still accepts writes that reach no other member, until it learns of the new primary. */
  'the primary of MongoDB is not followed': withoutPrimary(
    (primary) => primary.way.cut(),
    (primary) => primary.way.mend(),
  ),
};
