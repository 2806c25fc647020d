import { accepted, broken, call, decided, end, found } from './histories';

const two = {
  enqueued: [accepted('a', 1), accepted('b', 2)],
  ends: [end('a'), end('b')],
};

describe('the rules of decisions', () => {
  const cancelled = { ...two, ends: [end('a'), end('b', 'cancelled')] };

  it('find a request that runs although it waited when its cancel was answered', () => {
    const calls = [call('a', 1, 100, { endedAt: 150 }), call('b', 2, 160)];
    expect(broken({ ...cancelled, calls, decisions: [decided('cancel', 120, 'b')] })).toEqual(['cancelled']);
  });

  it('find it also if it runs behind another request', () => {
    const calls = [call('b', 2, 90), call('a', 1, 130), call('b', 2, 150)];
    expect(broken({ ...cancelled, calls, decisions: [decided('cancel', 110, 'b')] })).toContain('cancelled');
  });

  it('allow a call that was already on its way', () => {
    const calls = [call('a', 1, 100), call('b', 2, 130)];
    expect(found({ ...cancelled, calls, decisions: [decided('cancel', 120, 'b')] })).toEqual([]);
    const again = [...calls, call('b', 2, 150)];
    expect(broken({ ...cancelled, calls: again, decisions: [decided('cancel', 120, 'b')] })).toEqual([
      'cancelled',
    ]);
  });

  it('find a cancel that does not hold', () => {
    const calls = [call('a', 1, 100), call('b', 2, 130)];
    expect(broken({ ...two, calls, decisions: [decided('cancel', 125, 'b')] })).toEqual(['cancelKept']);
  });

  it('find a start in a paused queue', () => {
    const calls = [call('a', 1, 100), call('b', 2, 130)];
    const pause = decided('pause', 102);
    expect(broken({ ...two, calls, decisions: [pause] })).toEqual(['paused']);
    expect(broken({ ...two, calls, decisions: [pause, decided('resume', 140)] })).toEqual(['paused']);
    expect(found({ ...two, calls, decisions: [pause, decided('resume', 120)] })).toEqual([]);
  });

  it('allow one call that was leased before the pause, and no other', () => {
    const calls = [call('a', 1, 110), call('b', 2, 130)];
    expect(
      found({ ...two, calls: calls.slice(0, 1), ends: [end('a')], enqueued: [accepted('a', 1)] }),
    ).toEqual([]);
    expect(found({ ...two, calls, decisions: [decided('pause', 100)] })).toEqual([
      'paused: b starts while the queue is paused',
    ]);
  });

  describe('with the policy halt', () => {
    const failed = { ...two, ends: [end('a', 'failed'), end('b')] };
    const calls = [call('a', 1, 100, { status: 422 }), call('b', 2, 130)];
    const halt = decided('halt', 50);

    it('find a start after a failure', () => {
      expect(broken({ ...failed, calls, decisions: [halt] })).toEqual(['halted']);
    });

    it('count the last of the attempts as a failure, and no earlier one', () => {
      const last = [call('a', 1, 100, { status: 503, attempt: 5 }), call('b', 2, 130)];
      expect(broken({ ...failed, calls: last, decisions: [halt] })).toEqual(['halted']);
      const first = [call('a', 1, 100, { status: 503 }), call('a', 1, 120), call('b', 2, 140)];
      expect(found({ ...two, calls: first, decisions: [halt] })).toEqual([]);
    });

    it.each(['retry', 'dismiss'] as const)('allow a call after a %s', (kind) => {
      expect(found({ ...failed, calls, decisions: [halt, decided(kind, 120, 'a')] })).toEqual([]);
    });

    it('do not apply while the policy is unknown', () => {
      expect(found({ ...failed, calls, decisions: [decided('halt', 98)] })).toEqual([]);
      expect(found({ ...failed, calls, decisions: [halt, decided('continue', 60)] })).toEqual([]);
    });
  });
});
