import { accepted, broken, call, decided, end, found } from './histories';

/** The calls of another user from a time on, 10 ms apart. */
const others = (from: number, n: number) =>
  Array.from({ length: n }, (_, i) => call(`x${i}`, 100 + i, from + i * 10, { user: 'bob' }));

const queues = ['ada', 'bob'].map((user) => ({ user, state: 'idle', pending: 0 }));
/** `a` is accepted at 15 and starts at 900. */
const one = { enqueued: [accepted('a', 1)], ends: [end('a')], queues };
const starved = (given: Parameters<typeof found>[0]) =>
  found(given).filter((each) => each.startsWith('starved'));

describe('the rule of fairness', () => {
  it('finds a request that waits while another user starts more than eight', () => {
    const calls = [...others(100, 9), call('a', 1, 900)];
    expect(starved({ ...one, calls })).toEqual(['starved: a waits from 15 to 900 while bob starts 9']);
    expect(starved({ ...one, calls: calls.slice(1) })).toEqual([]);
  });

  it('counts from the end of the request before it', () => {
    const two = { ...one, enqueued: [accepted('a', 1), accepted('b', 2)], ends: [end('a'), end('b')] };
    const calls = [call('a', 1, 50, { endedAt: 400 }), ...others(100, 20), call('b', 2, 900)];
    expect(starved({ ...two, calls })).toEqual([]);
    const later = [calls[0]!, ...others(401, 20), call('b', 2, 900)];
    expect(starved({ ...two, calls: later })).toEqual([
      'starved: b waits from 400 to 900 while bob starts 20',
    ]);
  });

  it('counts from the confirmation, if an external worker ran the request before it', () => {
    const two = { ...one, enqueued: [accepted('a', 1), accepted('b', 2)], ends: [end('a'), end('b')] };
    const before = call('a', 1, 50, { isExternal: true, endedAt: 60, told: 'succeeded', toldAt: 400 });
    expect(starved({ ...two, calls: [before, ...others(100, 20), call('b', 2, 900)] })).toEqual([]);
    expect(starved({ ...two, calls: [before, ...others(401, 20), call('b', 2, 900)] })).toHaveLength(1);
  });

  it('counts nothing during a fault, or soon after it', () => {
    const calls = [...others(100, 20), call('a', 1, 900)];
    expect(starved({ ...one, calls, hurts: [{ from: 0, to: 50 }] })).toEqual([]);
    expect(starved({ ...one, calls, hurts: [{ from: -20_000, to: -15_000 }] })).toHaveLength(1);
  });

  it('counts nothing while the user may not start', () => {
    const calls = [...others(100, 20), call('a', 1, 900)];
    expect(starved({ ...one, calls, decisions: [decided('pause', 0)] })).toEqual([]);
    expect(starved({ ...one, calls, decisions: [decided('pause', 0), decided('resume', 8)] })).toHaveLength(
      1,
    );
    expect(broken({ ...one, enqueued: [accepted('a', 1, { delayMs: 500 })], calls })).not.toContain(
      'starved',
    );
  });

  it('counts from the last decision, after which the queue may run', () => {
    const calls = [...others(100, 20), call('a', 1, 900)];
    const until = (at: number) => ({
      ...one,
      calls,
      decisions: [decided('pause', 20), decided('resume', at)],
    });
    expect(starved(until(90))).toEqual(['starved: a waits from 95 to 900 while bob starts 20']);
    expect(starved(until(250))).toEqual([]);
  });
});
