/** Compares every script of a shard with a model in random sequences: its answer, its effect, and the invariants. */
import { loadScripts } from '../../src/queue/scripts/script-runner';
import { RedisServer } from '../support/redis-server';
import { fc, RUNS, SEED } from './fast-check';
import { holds } from './holds';
import { RealShard } from './real-shard';

jest.setTimeout(3_600_000);

let server: RedisServer;
beforeAll(async () => {
  server = await RedisServer.start();
});
afterAll(() => server.stop());

it(`a shard agrees with the model in ${RUNS} sequences of seed ${SEED}`, async () => {
  const real = new RealShard(server.client(), loadScripts());
  const result = await holds(real, RUNS, SEED, { shrink: true });
  if (result.failed) throw new Error(fc.defaultReportMessage(result), { cause: result.errorInstance });
});
