import type { QueueSnapshot } from '../../../src/queue/queue-snapshot';
import type { RequestDocument } from '../../../src/journal/request-document';
import { requestView } from '../../../src/requests/request-view';
import { statusOf } from '../../../src/requests/request-status';

const PENDING = {
  _id: 'r1',
  payload: '{}',
  options: { attempts: 5 },
  pending: true,
  status: 'queued',
  attemptsMade: 0,
  attempts: [],
  tags: [],
  createdAt: new Date(0),
} as unknown as RequestDocument;

const queue = (given: Partial<QueueSnapshot>): QueueSnapshot => ({
  now: 10_000,
  activeId: undefined,
  activeSince: undefined,
  depth: 1,
  scheduled: 0,
  paused: false,
  halted: false,
  nextDueAt: undefined,
  oldestWaitingSince: undefined,
  lastSeq: 0,
  positions: new Map([['r1', 2]]),
  ...given,
});

describe('statusOf', () => {
  const at = (document: Partial<RequestDocument>, activeId?: string) =>
    statusOf({ ...PENDING, ...document }, { activeId, now: 10_000 });

  it('shows what a pending request is doing, by the first condition that holds', () => {
    expect(at({ attemptsMade: 1, runAt: new Date(20_000) }, 'r1')).toBe('active');
    expect(at({ attemptsMade: 1, runAt: new Date(20_000) })).toBe('retrying');
    expect(at({ runAt: new Date(10_001) })).toBe('scheduled');
    expect(at({ runAt: new Date(10_000) })).toBe('queued');
    expect(at({}, 'r2')).toBe('queued');
  });

  it('uses the document of an ended request, whatever Redis says', () => {
    const { pending: _, ...ended } = { ...PENDING, status: 'failed' as const };
    expect(statusOf(ended, { activeId: 'r1', now: 0 })).toBe('failed');
  });
});

describe('requestView', () => {
  it('estimates a start from the next due time', () => {
    const around = { now: 10_000, meanGapMs: 1_000 };
    expect(requestView(PENDING, { ...around, queue: queue({}) }).estimatedStartAt).toEqual(new Date(12_000));
    const due = queue({ nextDueAt: 15_000 });
    expect(requestView(PENDING, { ...around, queue: due }).estimatedStartAt).toEqual(new Date(17_000));
  });

  it.each([
    ['the speed is not known', queue({}), undefined],
    ['the queue is paused', queue({ paused: true }), 1_000],
    ['the queue is halted', queue({ halted: true }), 1_000],
    ['the queue cannot be seen', undefined, 1_000],
    ['the request has no place', queue({ positions: new Map() }), 1_000],
  ])('returns no estimate when %s', (_, seen, meanGapMs) => {
    expect(requestView(PENDING, { queue: seen, now: 10_000, meanGapMs })).not.toHaveProperty(
      'estimatedStartAt',
    );
  });

  it('shows the number of the running attempt, with the notes of this attempt only', () => {
    const seen = { queue: queue({ activeId: 'r1' }), now: 10_000, meanGapMs: undefined };
    const running = (live?: RequestDocument['live']) =>
      requestView({ ...PENDING, attemptsMade: 1, ...(live && { live }) }, seen).running;
    expect(running()).toEqual({ attempt: 2 });
    expect(running({ attempt: 1, log: [] })).toEqual({ attempt: 2 });
    expect(running({ attempt: 2, log: [] })).toEqual({ attempt: 2, log: [] });
    expect(requestView(PENDING, { ...seen, queue: queue({}) })).not.toHaveProperty('running');
  });

  it('shows when the running attempt began, beside the start of the first one', () => {
    const seen = queue({ activeId: 'r1', activeSince: 9_000 });
    const view = (startedAt: object) =>
      requestView({ ...PENDING, ...startedAt }, { queue: seen, now: 10_000, meanGapMs: undefined });
    const activeSince = new Date(9_000);
    expect(view({ startedAt: new Date(1_000) })).toMatchObject({ activeSince, startedAt: new Date(1_000) });
    expect(view({})).toMatchObject({ activeSince, startedAt: activeSince });
    const waits = requestView(PENDING, {
      queue: queue({ activeId: 'r2', activeSince: 9_000 }),
      now: 10_000,
      meanGapMs: undefined,
    });
    expect(waits).not.toHaveProperty('activeSince');
  });

  it('shows when a retrying request may run again', () => {
    const retrying = { ...PENDING, attemptsMade: 1, notBefore: new Date(15_000) };
    const view = requestView(retrying, { queue: queue({}), now: 10_000, meanGapMs: undefined });
    expect(view).toMatchObject({ status: 'retrying', nextAttemptAt: new Date(15_000), position: 2 });
  });
});
