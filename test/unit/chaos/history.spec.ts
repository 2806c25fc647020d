import { ClientRequest, judge, UserHistory } from '../../chaos/history';
import type { RecordedCall } from '../../support/recording-target';

/** The n-th call, of a request by its index. */
const call = (n: number, index: number, more: Partial<RecordedCall> = {}): RecordedCall => ({
  ...{
    user: 'u',
    index,
    requestId: `r${index}`,
    startedAt: n * 10,
    endedAt: n * 10 + 5,
    fencingToken: n + 1,
  },
  ...{ status: 200, ...more },
});
const sent = (index: number, more: Partial<ClientRequest> = {}): ClientRequest => ({
  ...{ index, answer: 'accepted', id: `r${index}`, seq: 100 + index, status: 'succeeded' },
  ...more,
});
const history = (calls: RecordedCall[], requests: ClientRequest[], pauses: UserHistory['pauses'] = []) => ({
  calls,
  requests,
  pauses,
});

it.each([
  ['in order', [call(0, 0), call(1, 1)], [sent(0), sent(1)]],
  ['with a retry in place', [call(0, 0, { status: 503 }), call(1, 0), call(2, 1)], [sent(0), sent(1)]],
  [
    'with a scheduled one between',
    [call(0, 1), call(1, 0), call(2, 2)],
    [sent(0, { isScheduled: true }), sent(1), sent(2)],
  ],
  ['with one that was refused', [call(0, 1)], [{ index: 0, answer: 'refused' as const }, sent(1)]],
  ['with one that was cancelled', [call(0, 1)], [sent(0, { status: 'cancelled', cancelledAt: 0 }), sent(1)]],
])('finds nothing in a history %s', (_what, calls, requests) => {
  expect(judge(history(calls, requests))).toEqual([]);
});

it.each([
  ['overlap: 1 with 0', [call(0, 0, { endedAt: 11 }), call(1, 1)], [sent(0), sent(1)]],
  ['token: that of 1 does not grow', [call(0, 0, { fencingToken: 9 }), call(1, 1)], [sent(0), sent(1)]],
  ['order: 0 started after 1', [call(0, 1), call(1, 0)], [sent(0), sent(1)]],
  [
    'place: 0 was tried again after 1',
    [call(0, 0, { status: 503 }), call(1, 1), call(2, 0)],
    [sent(0), sent(1)],
  ],
  ['lost: 0 is queued', [], [sent(0, { status: 'queued' })]],
  ['lost: 0 succeeded undelivered', [call(0, 0, { status: 503 })], [sent(0)]],
  ['refused: 0 ran', [call(0, 0)], [{ index: 0, answer: 'refused' as const }]],
  ['cancelled: 0 ran', [call(200, 0)], [sent(0, { status: 'cancelled', cancelledAt: 0 })]],
  ['twice: 0 also ran as r9', [call(0, 0), call(1, 0, { requestId: 'r9' })], [sent(0)]],
  ['seq: 100 was given twice', [call(0, 0), call(1, 1)], [sent(0), sent(1, { seq: 100 })]],
])('finds: %s', (violation, calls, requests) => {
  expect(judge(history(calls, requests))).toEqual([violation]);
});

it('finds what starts in a pause, but for what was under way when it began', () => {
  const requests = [sent(0), sent(1)];
  expect(judge(history([call(0, 0), call(90, 1)], requests, [{ from: 0, to: 5_000 }]))).toEqual([]);
  expect(judge(history([call(0, 0), call(200, 1)], requests, [{ from: 0, to: 5_000 }]))).toEqual([
    'paused: 1 started',
  ]);
  expect(judge(history([call(0, 0), call(600, 1)], requests, [{ from: 0, to: 5_000 }]))).toEqual([]);
});
