import { accepted, broken, call, decided, end, found } from './histories';

const place = (name: string, seq: number) => ({ id: `id-${name}`, seq });

describe('the rules of places', () => {
  it('find a seq that was given twice', () => {
    const enqueued = [accepted('a', 1), accepted('b', 2, { sentAt: 0, answers: [[place('b', 1_000_000)]] })];
    const calls = [call('a', 1, 100), call('b', 1, 120)];
    expect(found({ enqueued, calls, ends: [end('a'), end('b')] })).toEqual(['seqOnce: b has the seq of a']);
  });

  it('find a request that runs with another seq', () => {
    const given = { enqueued: [accepted('a', 1)], calls: [call('a', 2, 100)], ends: [end('a')] };
    expect(broken(given)).toEqual(['seqOnce']);
  });

  it('find a seq below one that was returned before', () => {
    const enqueued = [accepted('a', 2, { sentAt: 1, answeredAt: 2 }), accepted('b', 1)];
    const calls = [call('b', 1, 100), call('a', 2, 120)];
    expect(broken({ enqueued, calls, ends: [end('a'), end('b')] })).toEqual(['seqGrows']);
  });

  it('subtract the delay of a scheduled request', () => {
    const scheduled = accepted('a', 1, { delayMs: 5000, answers: [[place('a', 6_000_000)]] });
    const calls = [call('b', 2, 100), call('a', 6, 120)];
    const given = { calls, ends: [end('a'), end('b')] };
    expect(found({ ...given, enqueued: [scheduled, accepted('b', 2)] })).toEqual([]);
    const sooner = { ...scheduled, delayMs: 1000 };
    expect(broken({ ...given, enqueued: [sooner, accepted('b', 2)] })).toEqual(['seqGrows']);
    const moves = [{ from: 12, to: 30 }];
    expect(found({ ...given, enqueued: [sooner, accepted('b', 2)], moves })).toEqual([]);
  });

  it('find a key that was answered with two requests', () => {
    const enqueued = [accepted('a', 1, { answers: [[place('a', 1_000_000)], [place('x', 1_000_000)]] })];
    expect(broken({ enqueued, calls: [call('a', 1, 100)], ends: [end('a')] })).toEqual(['key']);
  });

  it('find a key for which two requests run', () => {
    const calls = [call('a', 1, 90, { id: 'id-x' }), call('a', 1, 110)];
    expect(broken({ enqueued: [accepted('a', 1)], calls, ends: [end('a')] })).toEqual(['key']);
  });

  it('find half a batch, unless it was not acknowledged', () => {
    const names = ['a', 'b'];
    const enqueued = [accepted('a', 1, { names, verdict: 'unknown', answers: [] })];
    expect(broken({ enqueued, calls: [call('a', 1, 100)] })).toEqual(['batch']);
    expect(found({ enqueued, calls: [call('a', 1, 100), call('b', 2, 120)] })).toEqual([]);
    const lost = [end('b', 'failed', 'worker_lost')];
    expect(found({ enqueued, calls: [call('a', 1, 100)], ends: lost })).toEqual([]);
    expect(broken({ enqueued, ends: lost })).toEqual(['batch']);
    expect(found({ enqueued })).toEqual([]);
    const decisions = [decided('erase', 200)]; // a request that has not started by then may have been erased
    expect(found({ enqueued, calls: [call('a', 1, 100)], decisions })).toEqual([]);
  });

  it('find a foreign request between the members of a batch', () => {
    const answers = [[place('a', 1_000_000), place('b', 3_000_000)]];
    const enqueued = [accepted('a', 1, { names: ['a', 'b'], answers }), accepted('c', 2, { sentAt: 0 })];
    const calls = [call('a', 1, 100), call('c', 2, 120), call('b', 3, 140)];
    expect(broken({ enqueued, calls, ends: [end('a'), end('b'), end('c')] })).toEqual(['batch']);
  });
});

describe('the rules of outcomes', () => {
  it('find a promised request that has not ended', () => {
    const given = { enqueued: [accepted('a', 1)] };
    expect(found({ ...given, ends: [end('a', 'queued')] })).toEqual(['lost: a was promised, and is queued']);
    expect(broken(given)).toEqual(['lost']);
  });

  it.each([
    ['succeeded', call('a', 1, 100, { status: 503 })],
    ['failed', call('a', 1, 100)],
    ['cancelled', call('a', 1, 100)],
    ['dismissed', call('a', 1, 100, { status: 422 })],
  ])('find that %s is not true', (status, seen) => {
    expect(broken({ enqueued: [accepted('a', 1)], calls: [seen], ends: [end('a', status)] })).toEqual([
      'truth',
    ]);
  });

  it('do not count a late call as a delivery', () => {
    const calls = [call('a', 1, 100, { isLate: true, wasFrozen: true })];
    expect(broken({ enqueued: [accepted('a', 1)], calls, ends: [end('a')] })).toEqual(['truth']);
  });

  it('accept that workers are lost, and that requests are abandoned', () => {
    const enqueued = [accepted('a', 1), accepted('b', 2)];
    const ends = [end('a', 'failed', 'worker_lost'), end('b', 'dismissed')];
    expect(
      found({ enqueued, ends, decisions: [decided('dismiss', 50, 'b', { verdict: 'unknown' })] }),
    ).toEqual([]);
  });

  it('find an outcome that was confirmed to an external worker and does not hold', () => {
    const calls = [call('a', 1, 100, { told: 'succeeded' })];
    const one = { enqueued: [accepted('a', 1)], calls };
    expect(found({ ...one, ends: [end('a')] })).toEqual([]);
    expect(broken({ ...one, ends: [end('a', 'failed', 'worker_lost')] })).toEqual(['told']);
    expect(broken({ ...one, calls: [...calls, call('a', 1, 120)], ends: [end('a')] })).toEqual(['told']);
  });

  it('allow a failed request to run again if it was retried', () => {
    const calls = [call('a', 1, 100, { status: 422, told: 'failed' }), call('a', 1, 120)];
    const given = { enqueued: [accepted('a', 1)], calls, ends: [end('a')] };
    expect(broken(given)).toEqual(['told']);
    expect(found({ ...given, decisions: [decided('retry', 112, 'a')] })).toEqual([]);
  });

  it('find a refused request that runs', () => {
    const enqueued = [accepted('a', 1, { verdict: 'refused', answers: [] })];
    expect(broken({ enqueued, calls: [call('a', 1, 100)] })).toEqual(['refused']);
  });

  it('find a queue that is not idle at the end', () => {
    expect(broken({ queues: [{ user: 'ada', state: 'busy', pending: 1 }] })).toEqual(['idle']);
  });
});
