/** Each rule of the scripts is needed: without it, the model finds a fault. */
import { loadScripts } from '../../src/queue/scripts/script-runner';
import { RedisServer } from '../support/redis-server';
import { holds } from './holds';
import { MUTANTS, scriptsWithout } from './mutants';
import { RealShard } from './real-shard';

/** A mutant that is not found runs through all sequences. */
jest.setTimeout(600_000);

/** `npm run test:mutants` tries all mutants; a test run tries every tenth, because all of them take minutes. */
const CHOSEN = MUTANTS.filter((_, i) => process.env.MODEL_MUTANTS === 'all' || i % 10 === 0);

/** The number of sequences within which a fault must be found. */
const RUNS = 1_200;

let server: RedisServer;
beforeAll(async () => {
  server = await RedisServer.start();
});
afterAll(() => server.stop());

it('every mutant changes the scripts, and they still compile', async () => {
  const redis = server.client();
  for (const mutant of MUTANTS) for (const [, lua] of scriptsWithout(mutant)) await redis.script('LOAD', lua);
});

it.each(CHOSEN.map((mutant) => [mutant.without, mutant] as const))(
  'the model finds a fault without %s',
  async (_, mutant) => {
    const real = new RealShard(server.client(), scriptsWithout(mutant));
    const found = await holds(real, RUNS, 1);
    expect(found.failed).toBe(true);
  },
);

it('the model finds no fault in the unchanged scripts', async () => {
  const found = await holds(new RealShard(server.client(), loadScripts()), 100, 2);
  expect(found.failed).toBe(false);
});
