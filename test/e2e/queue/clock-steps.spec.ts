/** The scripts on a real server whose clock is ahead for a while and is then set back. */
import { loadScripts } from '../../../src/queue/scripts/script-runner';
import { RealShard } from '../../model/real-shard';
import { RedisServer } from '../../support/redis-server';
import { SteppedDate } from '../../support/stepped-date';
import { until } from '../../support/until';

const [HOUR_MS, LEASE_MS, LIMIT_MS] = [3_600_000, 10_000, 60_000];
const NO_CUTOFF = 9e15;
/** The steps back of a worker that knows none: it takes nothing back. */
const UNKNOWN = '-1';
const OPTS = `{"attempts":5,"timeout":${LIMIT_MS}}`;

// Without a C compiler the date cannot be moved, and these tests show nothing.
describe("a server's clock that was ahead and is set back", () => {
  let date: SteppedDate | undefined;
  let server: RedisServer;
  let shard: RealShard;
  beforeAll(async () => {
    date = SteppedDate.make();
    server = await RedisServer.start(date ? { variables: date.variables } : {});
    shard = new RealShard(server.client(), loadScripts());
  });
  beforeEach(() => shard.reset(1));
  afterAll(async () => {
    await server.stop();
    date?.close();
  });

  /** Resolves when scripts see the new time: the server reads its clock only now and then. */
  async function move(ms: number): Promise<void> {
    date?.move(ms);
    await until('the clock is moved', async () => {
      const [seconds] = (await shard.redis.eval("return redis.call('TIME')", 0)) as [string];
      return !date || Math.abs(Number(seconds) * 1000 - Date.now() - ms) < HOUR_MS / 2;
    });
  }
  async function whileAhead<T>(act: () => Promise<T>): Promise<T> {
    await move(HOUR_MS);
    const result = await act();
    await move(0);
    return result;
  }
  const hold = async (user: string, id: string) => {
    const item = [user, id, 'echo', '1', OPTS, 0, 9, 0, 0, 'main'];
    const [, [held]] = (await shard.run('hold', 1, 5000, 1e6, ...item)) as [string, [[string]]];
    return held[0];
  };
  async function accept(user: string, id: string): Promise<void> {
    expect(await shard.run('confirm', 1, user, id, await hold(user, id), 1)).toEqual(['OK']);
  }
  const control = (user: string, version: number, paused: 0 | 1, intervalUs = 0) =>
    shard.run('apply_settings', 1, user, version, paused, intervalUs, 0, '');
  async function claim(graceMs: number | '' = '') {
    const reply = await shard.run('claim', 1, 'w1', 9, LEASE_MS, NO_CUTOFF, 'main', graceMs, 0, UNKNOWN);
    const [now, , , , flat] = reply as [string, string, string, number, string[]];
    return shard.given(now, flat);
  }
  const users = async () => (await claim()).map(({ userId }) => userId);
  type Job = Awaited<ReturnType<typeof claim>>[number];
  const settle = ({ userId, requestId, token, leasedAt }: Job, op: 'done' | 'retry') => {
    const item = [userId, requestId, token, op, 1, leasedAt + 60_000, 0, '', 0, 0, leasedAt];
    return shard.run('settle', 1, 'w1', LEASE_MS, 'main', ...item);
  };

  it('ends no lease that was given while it was behind, even if a worker saw neither step (P1)', async () => {
    for (const user of ['u1', 'u2']) await accept(user, `of ${user}`);
    const claimAs = async (worker: string, n: number, steps = UNKNOWN) => {
      const args = [worker, n, HOUR_MS / 2, NO_CUTOFF, 'main', '', 0, steps];
      return (await shard.run('claim', 1, ...args)) as unknown[];
    };
    const known = String((await claimAs('w1', 1))[5]);
    await move(-HOUR_MS);
    expect((await claimAs('w2', 1))[4]).toContain('u2');
    await move(0);
    const reply = await claimAs('w1', 1, known);
    expect(reply[4]).toEqual([]);
    if (date) expect(Number(reply[5])).toBeGreaterThan(Number(known));
    const living = (await shard.run('renew', 1, HOUR_MS / 2, 'u2', 2 ** 32 + 2)) as [string, string[]];
    expect(living[1]).toEqual([]);
  });

  it('delays no user who was due by it (P5)', async () => {
    await accept('u1', 'r1');
    await control('u1', 1, 1);
    await whileAhead(() => control('u1', 2, 0)); // a call that gives out no seq
    expect(await users()).toEqual(['u1']);
  });

  it('does not prolong a hold that began by it (P5)', async () => {
    await whileAhead(() => hold('u1', 'r1'));
    expect(await claim()).toMatchObject([{ userId: 'u1', lookUp: 'doubtful' }]);
  });

  it('does not prolong a backoff that began by it, also of an attempt that has ended since (P5)', async () => {
    const jobs = await whileAhead(async () => {
      await accept('u1', 'r1');
      await accept('u2', 'r2');
      const [one, two] = await claim();
      await settle(one!, 'retry');
      return [one!, two!];
    });
    await settle(jobs[1]!, 'retry');
    expect((await users()).sort()).toEqual(['u1', 'u2']);
  });

  it('keeps a backoff that began before it was ahead', async () => {
    await accept('u1', 'r1');
    const [job] = await claim();
    await settle(job!, 'retry');
    await whileAhead(() => accept('u2', 'r2'));
    expect(await users()).toEqual(['u2']);
  });

  it("refills a rate's bucket that was emptied by it, which can be emptied again (P5)", async () => {
    for (const id of ['r1', 'r2', 'r3']) await accept('u1', id);
    await control('u1', 1, 0, 60_000_000);
    await whileAhead(async () => settle((await claim())[0]!, 'done'));
    const [job] = await claim();
    expect(job?.requestId).toBe('r2');
    await settle(job!, 'done');
    expect(await users()).toEqual([]);
  });

  it('limits the extension of an external lease to the rest of its claim (P1) and to the time limit', async () => {
    const [job] = await whileAhead(async () => {
      await accept('u1', 'r1');
      return claim(0);
    });
    const extend = async () => {
      const reply = await shard.run('extend', 1, 'u1', 'r1', job!.token, 1000, 0, LIMIT_MS);
      return reply as [string, string, string];
    };
    const [now, leaseMs, startedAt] = await extend();
    expect(Number(leaseMs)).toBeLessThanOrEqual(LEASE_MS);
    expect(Number(startedAt)).toBeLessThanOrEqual(Number(now));
    expect((await extend())[2]).toBe(startedAt);
  });
});
