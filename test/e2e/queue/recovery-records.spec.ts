/** The records of recoveries: why each shard was closed. Only the latest are kept. */
import { EpochStore } from '../../../src/queue/epochs/epoch.store';
import { EpochView } from '../../../src/queue/epochs/epoch-view.service';
import { MOST_RECORDS, RecoveryRecords } from '../../../src/queue/recovery/recovery-records.service';
import { ScriptRunner } from '../../../src/queue/scripts/script-runner';
import { QueueFixture, QueueProcess } from '../../support/queue-fixture';
import { until } from '../../support/until';

let fixture: QueueFixture;
let one: QueueProcess;
beforeAll(async () => {
  fixture = await QueueFixture.start();
  one = await fixture.process();
});
afterAll(() => fixture.stop());

const SHARD = '{tw0}:shard';
const epoch = () => one.get(EpochView).epochOf(0)!;
const redis = () => fixture.redis.client();
const latest = () => one.get(RecoveryRecords).latest();

it('the first start leaves no recovery record, because nothing was lost', async () => {
  expect(await latest()).toEqual([]);
});

it.each<[string, () => Promise<unknown>]>([
  ['lost', () => redis().del(SHARD)],
  ['begun', () => one.get(ScriptRunner).run('begin_rebuild', 0, epoch() + 1, [1000])],
  ['raised', () => one.get(EpochStore).raise('another', new Map([[0, epoch()]]), 0)],
  ['history', () => redis().hset(SHARD, 'replid', 'f'.repeat(40))],
  ['damaged', () => redis().hdel(SHARD, 'clock')],
])('a recovery record says why the shard was closed: %s', async (cause, close) => {
  const { length } = await latest();
  await close();
  await until('it is rebuilt', async () => {
    await fixture.open(one.queues); // finds it closed
    return (await latest()).length > length;
  });
  const [record] = await latest();
  const at = expect.any(Date) as Date;
  const durationMs = expect.any(Number) as number;
  expect(record).toEqual({ at, shards: [0], requests: 0, durationMs, cause });
});

it('every shard that one loss has closed is on record', async () => {
  const { length } = await latest();
  await fixture.redis.killAndRestart();
  // Usually they are rebuilt together; not if one of them cannot be asked in time.
  const fresh = async () => (await latest()).toReversed().slice(length);
  await until('both are rebuilt', async () => {
    await fixture.open(one.queues);
    return (await fresh()).flatMap(({ shards }) => shards).length >= 2;
  });
  expect((await fresh()).flatMap(({ shards }) => shards).sort()).toEqual([0, 1]);
  expect(new Set((await fresh()).map(({ cause }) => cause))).toEqual(new Set(['lost']));
});

it('one recovery record has all shards that were rebuilt together for one cause', async () => {
  const records = one.get(RecoveryRecords);
  const rebuilt = [0, 1].map((shard) => ({ shard, requests: 3, cause: 'lost' as const }));
  await records.add([...rebuilt, { shard: 2, requests: 1, cause: 'raised' }], 7);
  expect((await records.latest()).slice(0, 2)).toMatchObject([
    { shards: [2], requests: 1, cause: 'raised' },
    { shards: [0, 1], requests: 6, durationMs: 7, cause: 'lost' },
  ]);
});

it('only the latest recovery records are kept', async () => {
  const records = one.get(RecoveryRecords);
  for (let requests = 0; requests <= MOST_RECORDS; requests++)
    await records.add([{ shard: 1, requests, cause: 'unknown' }], 1);
  const kept = await records.latest();
  expect(kept.map(({ requests }) => requests)).toEqual(
    Array.from({ length: MOST_RECORDS }, (_, i) => MOST_RECORDS - i),
  );
});
