import { accepted, broken, call, decided, end, found } from './histories';

const three = {
  enqueued: [accepted('a', 1), accepted('b', 2), accepted('c', 3)],
  ends: [end('a'), end('b'), end('c')],
};

describe('the rules about waiting requests', () => {
  describe('for a purge', () => {
    const cancelled = { ...three, ends: [end('a'), end('b', 'cancelled'), end('c', 'cancelled')] };
    const purge = decided('purge', 104);

    it('find a start of a purged request', () => {
      const calls = [call('a', 1, 100), call('b', 2, 130)];
      expect(found({ ...cancelled, calls, decisions: [purge] })).toEqual([
        'purged: b starts though it waited when the queue was purged',
      ]);
    });

    it('allow a running request and its retries', () => {
      const calls = [call('a', 1, 100, { status: 503 }), call('a', 1, 130, { attempt: 2 })];
      expect(found({ ...cancelled, calls, decisions: [purge] })).toEqual([]);
    });

    it('allow one start that was on its way, and no other', () => {
      const calls = [call('a', 1, 130), call('b', 2, 150)];
      expect(found({ ...cancelled, calls: calls.slice(0, 1), decisions: [purge] })).toEqual([]);
      expect(broken({ ...cancelled, calls, decisions: [purge] })).toEqual(['purged']);
    });

    it('do not apply to requests that were sent later, or retried', () => {
      const later = accepted('d', 4, { sentAt: 106, answeredAt: 108 });
      const calls = [call('a', 1, 100), call('d', 4, 130)];
      const ends = [...cancelled.ends, end('d')];
      expect(found({ enqueued: [...three.enqueued, later], ends, calls, decisions: [purge] })).toEqual([]);
      const again = [call('a', 1, 100), call('b', 2, 130)];
      const retried = [purge, decided('retry', 120, 'b')];
      expect(found({ ...three, calls: again, ends: [end('a'), end('b')], decisions: retried })).not.toContain(
        'purged',
      );
    });

    it('find a request that is cancelled although nothing cancelled it', () => {
      const calls = [call('a', 1, 100)];
      expect(broken({ ...cancelled, calls })).toEqual(['truth']);
      expect(found({ ...cancelled, calls, decisions: [purge] })).toEqual([]);
      expect(broken({ ...cancelled, calls, decisions: [decided('purge', 1)] })).toEqual(['truth']);
    });
  });

  describe('with the policy cancel-rest', () => {
    const failed = { ...three, ends: [end('a', 'failed'), end('b', 'cancelled'), end('c', 'cancelled')] };
    const calls = [call('a', 1, 100, { status: 422 }), call('b', 2, 130)];
    const policy = decided('cancelRest', 50);

    it('find a start of a request accepted before a failure', () => {
      expect(broken({ ...failed, calls, decisions: [policy] })).toEqual(['rest']);
      const behind = [calls[0]!, call('d', 4, 120), call('c', 3, 140)];
      const late = accepted('d', 4, { sentAt: 102, answeredAt: 105, verdict: 'unknown', answers: [] });
      expect(
        broken({ ...failed, enqueued: [...three.enqueued, late], calls: behind, decisions: [policy] }),
      ).toContain('rest');
    });

    it('allow the start once the request is retried', () => {
      const retried = [policy, decided('retry', 115, 'b')];
      expect(found({ ...failed, calls, decisions: retried })).toEqual([]);
    });

    it('do not check the order while a clock is moved', () => {
      const given = { ...failed, calls, decisions: [policy] };
      expect(found({ ...given, moves: [{ from: 40, to: 60 }] })).toEqual([]);
      expect(broken({ ...given, moves: [{ from: 5, to: 15 }] })).toEqual(['rest']);
    });

    it('do not apply while the policy is unknown', () => {
      expect(found({ ...failed, calls, decisions: [decided('cancelRest', 98)] })).toEqual([]);
      expect(found({ ...failed, calls, decisions: [policy, decided('continue', 112)] })).toEqual([]);
    });

    it('accept the cancelled requests behind a failure', () => {
      const alone = { ...failed, calls: calls.slice(0, 1) };
      expect(found({ ...alone, decisions: [policy] })).toEqual([]);
      expect(broken(alone)).toEqual(['truth']);
    });
  });
});
