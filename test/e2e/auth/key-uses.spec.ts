import { Logger } from '@nestjs/common';
import { createConnection } from 'mongoose';
import { ApiKey, ApiKeySchema } from '../../../src/auth/credentials/api-key.schema';
import { KeyUses } from '../../../src/auth/credentials/key-uses';
import { Clock } from '../../../src/common/time/clock';
import { dropDatabase, uniqueDatabase } from '../../support/mongo-database';
import { until } from '../../support/until';

const START = Date.UTC(2026, 0, 1);

class WallClock extends Clock {
  now = START;
  override wall(): number {
    return this.now;
  }
}

const uri = uniqueDatabase();
const connection = createConnection();
const keys = connection.model(ApiKey.name, ApiKeySchema);

beforeAll(async () => {
  Logger.overrideLogger(false);
  await connection.openUri(uri);
});
afterAll(async () => {
  await connection.close();
  await dropDatabase(uri);
});

it('the last use of a key is written once a minute, however often the key is used', async () => {
  const clock = new WallClock();
  const uses = new KeyUses(keys, clock);
  await keys.create(['busy', 'other'].map((_id) => keyOf(_id)));
  const read = async (_id = 'busy') => (await keys.findById(_id).lean().orFail()) as ApiKey;
  const usedAt = async (_id?: string) => (await read(_id)).lastUsedAt?.getTime();
  const use = async () => uses.note(await read(), '127.0.0.1');
  await use();
  await until('the first use is written', async () => (await usedAt()) === START);

  clock.now = START + 59_999;
  await use();
  uses.note(await read('other'), '127.0.0.1'); // a pending write of the first key is done before this one
  await until('a use after it is written', async () => (await usedAt('other')) === clock.now);
  expect(await usedAt()).toBe(START);

  clock.now = START + 60_000;
  await use();
  await until('it is written again', async () => (await usedAt()) === clock.now);
});

const keyOf = (_id: string): ApiKey => ({
  ...{ _id, userId: 'u1', name: 'a key', scopes: [], hash: 'x' },
  createdAt: new Date(START),
});
