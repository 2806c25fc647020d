/** The throughput of each minute: every process counts, the counts are added, and a minute without counts is unknown. */
import { Clock } from '../../../src/common/time/clock';
import { MINUTE_MS } from '../../../src/common/time/units';
import { EventBus } from '../../../src/events/event-bus';
import { ThroughputCounter } from '../../../src/throughput/throughput-counter.service';
import { minuteOf, ThroughputRecords } from '../../../src/throughput/throughput-records.service';
import { UsersService } from '../../../src/users/users.service';
import { ApiUser } from '../../support/cluster';
import { ended } from '../../support/enqueued';
import { startTestApp, type TestApp } from '../../support/test-app';
import { until } from '../../support/until';

interface Item {
  readonly at: string;
  readonly accepted: number | null;
  readonly ended: number | null;
  readonly failed: number | null;
}

let app: TestApp;
let admin: ApiUser;
beforeAll(async () => {
  app = await startTestApp();
  admin = await ApiUser.register(app.url);
  await get(UsersService).setRole(admin.email, 'admin');
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => app.close());

const get = <T>(token: new (...args: never[]) => T): T => app.app.get(token, { strict: false });
const nowIs = (ms: number) => jest.spyOn(get(Clock), 'wall').mockReturnValue(ms);
const write = () => get(ThroughputCounter).write();
const accept = () =>
  get(EventBus).emit('request.accepted', { userId: 'u', requestId: 'r', type: 'echo', position: 0 });
/** The minutes up to this one. */
async function upTo(minute: number, minutes: number): Promise<Item[]> {
  nowIs((minute + 1.5) * MINUTE_MS);
  return (await admin.get<{ items: Item[] }>(`/admin/throughput?minutes=${minutes}`)).items;
}

it('the throughput counts accepted, ended and failed requests once each, over all processes', async () => {
  const begin = Date.now();
  const failing = { type: 'sleep', payload: { ms: 0, failTimes: 1 }, maxAttempts: 1 };
  for (const request of [{ type: 'echo', payload: 1 }, { type: 'echo', payload: 2 }, failing])
    await ended(admin, await admin.enqueue(request));
  const { items } = await admin.get<{ items: { id: string }[] }>('/requests?status=failed');
  await admin.does('POST', `/requests/${items[0]!.id}/dismiss`);
  await get(ThroughputRecords).add(minuteOf(begin), { accepted: 10, ended: 5, failed: 1 });
  const sums = async () => {
    await write();
    const minutes = await upTo(minuteOf(begin) + 1, 2);
    jest.restoreAllMocks();
    return (['accepted', 'ended', 'failed'] as const).map((of) =>
      minutes.reduce((total, each) => total + (each[of] ?? 0), 0),
    );
  };
  // The end of a request is recorded before the event is emitted.
  await until('all ends are counted', async () => (await sums())[1]! >= 8);
  expect(await sums()).toEqual([13, 8, 2]);
});

it('the throughput distinguishes a minute without requests from one that no process has reported', async () => {
  const minute = minuteOf(Date.now()) + 10;
  nowIs(minute * MINUTE_MS);
  await write();
  const at = (of: number) => new Date(of * MINUTE_MS).toISOString();
  expect(await upTo(minute, 2)).toEqual([
    { at: at(minute - 1), accepted: null, ended: null, failed: null },
    { at: at(minute), accepted: 0, ended: 0, failed: 0 },
  ]);
});

it('the throughput shows a minute once all processes have written their counts', async () => {
  const minute = minuteOf(Date.now());
  nowIs((minute + 1) * MINUTE_MS + 5_000);
  const { items } = await admin.get<{ items: Item[] }>('/admin/throughput?minutes=1');
  expect(items.map(({ at }) => at)).toEqual([new Date((minute - 1) * MINUTE_MS).toISOString()]);
});

it('the throughput keeps counts that could not be written, and tries one minute of them at a time', async () => {
  const minute = minuteOf(Date.now()) + 20;
  const away = jest.spyOn(get(ThroughputRecords), 'add').mockRejectedValue(new Error('MongoDB is away'));
  for (const each of [minute, minute + 1]) {
    nowIs(each * MINUTE_MS);
    accept();
  }
  away.mockClear();
  await write();
  expect(away).toHaveBeenCalledTimes(1);
  away.mockRestore();
  await write();
  expect(await upTo(minute + 1, 2)).toMatchObject([{ accepted: 1 }, { accepted: 1 }]);
});

it('the throughput counts once what happens while it is written, and while two writes overlap', async () => {
  const minute = minuteOf(Date.now()) + 30;
  for (const each of [minute, minute + 1]) {
    nowIs(each * MINUTE_MS);
    accept();
  }
  const first = write(); // of the first minute, then of the second
  accept();
  await first;
  await write();
  expect(await upTo(minute + 1, 2)).toMatchObject([{ accepted: 1 }, { accepted: 2 }]);

  nowIs((minute + 2) * MINUTE_MS);
  accept();
  nowIs((minute + 3) * MINUTE_MS);
  accept();
  await Promise.all([write(), write()]);
  expect(await upTo(minute + 3, 2)).toMatchObject([{ accepted: 1 }, { accepted: 1 }]);
});

it('only admins may read the throughput', async () => {
  const other = await ApiUser.register(app.url);
  expect((await other.call('GET', '/admin/throughput')).status).toBe(403);
});
