import { Audited, violationsOf } from '../../../../src/user-queue/audit/audit';

const EPOCH = 2 ** 32;

/** A request that ran once, from `from` to `to` (ms). */
const ran = (seq: number, token: number, from: number, to: number): Audited => ({
  _id: `r${seq}`,
  seq,
  startedAt: new Date(from),
  attempts: [attempt(token, from, to)],
});
const attempt = (token: number, from: number, to: number) => ({
  token,
  startedAt: new Date(from),
  finishedAt: new Date(to),
});
const waits = (seq: number): Audited => ({ _id: `r${seq}`, seq, pending: true, attempts: [] });

it('the audit finds nothing if requests ran one after another', () => {
  expect(violationsOf([ran(1, 5, 0, 10), ran(2, 6, 10, 20), ran(3, 9, 25, 30), waits(4)])).toEqual([]);
});

it('the audit finds two requests with one seq', () => {
  expect(violationsOf([waits(1), { ...waits(1), _id: 'r1b' }])).toEqual([
    { rule: 'seq', requestIds: ['r1', 'r1b'] },
  ]);
});

it('the audit finds a request that started before another with a lower seq', () => {
  expect(violationsOf([ran(1, 6, 20, 30), ran(2, 5, 0, 10)])).toEqual([
    { rule: 'order', requestIds: ['r1', 'r2'] },
  ]);
});

it('the audit uses the times, with a tolerance of a second, if a token is unknown', () => {
  const lost = (seq: number, at: number): Audited => ({
    ...{ _id: `r${seq}`, seq, startedAt: new Date(at) },
    attempts: [{ startedAt: new Date(at) }],
  });
  expect(violationsOf([lost(1, 1_000), ran(2, 5, 0, 1)])).toEqual([]);
  expect(violationsOf([lost(1, 1_001), ran(2, 5, 0, 1)])).toMatchObject([{ rule: 'order' }]);
});

it('the audit uses the times if the first attempt is no longer stored', () => {
  // It failed first, then the other ran, then it was retried and failed again several times.
  const often = Array.from({ length: 9 }, (_, i) => attempt(20 + i, 10 + i, 11 + i));
  const retried = (attempts: Audited['attempts']): Audited => ({ ...ran(1, 5, 0, 1), attempts });
  expect(violationsOf([retried(often), ran(2, 10, 5, 6)])).toEqual([]);
  const kept = { ...ran(1, 12, 7, 8), attempts: [attempt(12, 7, 8), ...often] };
  expect(violationsOf([kept, ran(2, 10, 5, 6)])).toMatchObject([{ rule: 'order' }]);
});

it('the audit finds two requests that ran at once, whichever started first', () => {
  expect(violationsOf([ran(1, 5, 0, 11), ran(2, 6, 10, 20)])).toEqual([
    { rule: 'overlap', requestIds: ['r1', 'r2'] },
  ]);
  const retried = { ...ran(1, 5, 0, 10), attempts: [attempt(5, 0, 10), attempt(7, 15, 30)] };
  expect(violationsOf([retried, ran(2, 6, 10, 20)])).toEqual([{ rule: 'overlap', requestIds: ['r2', 'r1'] }]);
});

it('the audit compares no lost attempt, because its worker may have continued', () => {
  const { token: _, ...lost } = attempt(5, 0, 5_000);
  const repeated: Audited = { ...ran(1, 5, 0, 0), attempts: [lost, attempt(6, 6_000, 7_000)] };
  expect(violationsOf([repeated, ran(2, 7, 7_000, 8_000)])).toEqual([]);
  expect(violationsOf([{ ...ran(1, 5, 0, 0), attempts: [lost] }, ran(2, 6, 1_000, 2_000)])).toEqual([]);
});

it('the audit allows for the drift of clocks, and for the clock of another server after a recovery', () => {
  expect(violationsOf([ran(1, 5, 0, 20_001), ran(2, 6, 20_000, 20_010)])).toEqual([]);
  expect(violationsOf([ran(1, 5, 0, 900), ran(2, EPOCH + 1, 0, 10)])).toEqual([]);
  expect(violationsOf([ran(1, 5, 0, 1_001), ran(2, EPOCH + 1, 0, 10)])).toMatchObject([{ rule: 'overlap' }]);
});

it('the audit finds a request that was skipped', () => {
  expect(violationsOf([waits(1), ran(2, 5, 0, 10), waits(3)])).toEqual([
    { rule: 'gap', requestIds: ['r1', 'r2'] },
  ]);
});
