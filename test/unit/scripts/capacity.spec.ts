import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testSettings } from '../../support/test-settings';
import {
  HEADROOM,
  MEASURED,
  SMALL_PAYLOAD,
  fullQueueBytes,
  fullQueues,
  planOf,
} from '../../../scripts/tools/capacity';
import { busiestShare, slotOf } from '../../../scripts/tools/cluster-share';

const ROOT = join(__dirname, '../../..');

/** A load that one of each carries, and that needs the least of everything. */
const SMALL = {
  ...{ users: 1_000, perSecond: 10, depth: 1, payload: 200, handlerMs: 100, retentionDays: 1 },
  ...{ concurrency: 32, shards: 16, redisGb: 8, mongoCores: 8 },
};
/** Requests a second that the cores carry at this many us each. */
const carried = (us: number, cores = 1) => Math.floor((HEADROOM * cores * 1e6) / us);

it('the plan for a small load has two processes of each role, one Redis and one replica set', () => {
  expect(planOf(SMALL)).toMatchObject({
    ...{ api: 2, workers: 2, slots: 2, redisNodes: 1, mongoSets: 1, shards: 16 },
    redisBytes: 1_000 * (MEASURED.redisUserBytes + MEASURED.redisRequestBytes + 200),
    diskBytes: (864_000 + 1_000) * (MEASURED.mongoRequestBytes + MEASURED.mongoIndexBytes + 200),
    rebuildSeconds: 1_000 / MEASURED.rebuiltPerSecond,
  });
});

it.each([
  ['api', carried(MEASURED.apiUs, 3), 3],
  ['workers', carried(MEASURED.workerUs, 3), 3],
  ['redisNodes', carried(MEASURED.redisUs), 1],
  ['mongoSets', carried(MEASURED.mongoUs, 8), 1],
] as const)('the plan has one more of %s above what the others carry', (name, perSecond, enough) => {
  const load = { ...SMALL, handlerMs: 1 };
  expect(planOf({ ...load, perSecond })[name]).toBe(enough);
  expect(planOf({ ...load, perSecond: perSecond + 2 })[name]).toBe(enough + 1);
});

it('the plan has workers for the slots that waiting handlers take', () => {
  const plan = planOf({ ...SMALL, perSecond: 100, handlerMs: 6_000 });
  expect(plan.slots).toBe(Math.ceil(600 / HEADROOM));
  expect(plan.workers).toBe(Math.ceil(plan.slots / 32));
});

it('the plan has Redis nodes for the memory', () => {
  const users = 4_000_000;
  const { redisNodes, redisBytes } = planOf({ ...SMALL, users, payload: 4_000 });
  expect(redisNodes).toBe(Math.ceil(redisBytes / (HEADROOM * 8e9)));
});

it('slotOf gives the slot of a hash tag, as every node of a cluster does', () => {
  expect(slotOf('123456789')).toBe(0x31c3); // the check value of the specification
});

it('the plan uses the load of the busiest master, and asks for more shards if they are spread unevenly', () => {
  expect(busiestShare(16, 4)).toBe(4 / 16);
  expect(busiestShare(16, 8)).toBe(4 / 16); // and none on the others
  const perSecond = carried(MEASURED.redisUs) * 4;
  expect(planOf({ ...SMALL, perSecond })).toMatchObject({ redisNodes: 4, shards: 16 });
  expect(planOf({ ...SMALL, perSecond: perSecond + 8 })).toMatchObject({ redisNodes: 6, shards: 64 });
  expect(planOf({ ...SMALL, perSecond: 1e9 })).toMatchObject({ redisNodes: Infinity, shards: Infinity });
});

it('the limits of a queue fit the Redis of Compose, as docs/scaling.md says', () => {
  const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
  const [, gigabytes] = /--maxmemory (\d+)gb/.exec(read('docker-compose.yml'))!;
  const { maxDepth, maxBytes } = testSettings().queue;
  const full = fullQueues(Number(gigabytes) * 1024 ** 3, { maxDepth, maxBytes });
  expect(full).toBeGreaterThanOrEqual(10);
  expect(read('src/queue/lua/_prelude.lua')).toContain(`local SMALL = ${SMALL_PAYLOAD}\n`);
  const megabytes = Math.round(fullQueueBytes({ maxDepth, maxBytes }) / 1e6);
  expect(read('docs/scaling.md')).toContain(
    `${megabytes} MB with the defaults, so that ${gigabytes} GB takes ${full} full queues`,
  );
});

it('the plan names what breaks first, starting with the tightest', () => {
  const limits = planOf(SMALL).limits.map(({ perSecond }) => perSecond);
  expect(limits).toEqual(limits.toSorted((a, b) => a - b));
  expect(planOf({ ...SMALL, mongoCores: 1 }).limits[1]!.node).toContain('MongoDB');
  expect(planOf({ ...SMALL, mongoCores: 8 }).limits[3]!.node).toContain('MongoDB');
});

it('the command prints the plan, and refuses anything that is not a number', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'scripts/capacity.js'), ...args], { encoding: 'utf8' });
  const { stdout, status } = run('--users', '1e6', '--per-second', '5000');
  expect([status, stdout]).toEqual([0, expect.stringContaining('1,000,000 users')]);
  expect(stdout).toContain('What breaks first');
  expect(run('--users', 'many')).toMatchObject({
    status: 1,
    stderr: '--users must be a number above 0.\n',
  });
});

it('docs/scaling.md has the constants of the plan', () => {
  const rows = readFileSync(join(ROOT, 'docs/scaling.md'), 'utf8').matchAll(
    /^\| `(\w+)` +\| +([\d,]+) +\|/gm,
  );
  const told = Object.fromEntries(
    [...rows].map(([, name, value = '']) => [name, Number(value.replace(/,/g, ''))]),
  );
  expect(told).toEqual(MEASURED);
});

it('docs/scaling.md has the load that the masters carry with each number of shards', () => {
  const docs = readFileSync(join(ROOT, 'docs/scaling.md'), 'utf8');
  const masters = [2, 3, 4, 6, 8, 12, 16];
  for (const shards of [16, 32, 64, 128]) {
    const [, cells] = new RegExp(`^\\| +${shards} \\|(.*)\\|$`, 'm').exec(docs)!;
    const told = cells!.split('|').map(Number);
    expect(told).toEqual(masters.map((each) => Number((1 / busiestShare(shards, each)).toFixed(1))));
  }
});
