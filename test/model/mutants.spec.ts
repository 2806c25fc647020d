/** Each rule of the scripts matters: without it the model finds a fault. */
import { loadScripts } from '../../src/queue/scripts/script-runner';
import { RedisServer } from '../support/redis-server';
import { holds } from './holds';
import { MUTANTS, scriptsWithout } from './mutants';
import { RealShard } from './real-shard';

jest.setTimeout(1_800_000);

const IS_ALL = process.env.MODEL_MUTANTS === 'all';

/** `npm run test:mutants` tries all; a test run every tenth, for they take some minutes. */
const CHOSEN = MUTANTS.filter((_, i) => IS_ALL || i % 10 === 0);

/** Sequences in which a fault must be found: some need several calls in a row that are seldom drawn. */
const RUNS = IS_ALL ? 10_000 : 1_200;

let server: RedisServer;
beforeAll(async () => {
  server = await RedisServer.start();
});
afterAll(() => server.stop());

it('takes out rules that are there, each of them', () => {
  for (const mutant of MUTANTS) scriptsWithout(mutant);
});

it.each(CHOSEN.map((mutant) => [mutant.without, mutant] as const))('not without %s', async (_, mutant) => {
  const real = new RealShard(server.client(), scriptsWithout(mutant));
  const found = await holds(real, RUNS, 1);
  expect(found.failed).toBe(true);
});

it('with all of them nothing is found in as many sequences of another seed', async () => {
  const found = await holds(new RealShard(server.client(), loadScripts()), 100, 2);
  expect(found.failed).toBe(false);
});
