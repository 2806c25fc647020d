import { accepted, broken, call, decided, end, found } from './histories';

const two = {
  enqueued: [accepted('a', 1), accepted('b', 2)],
  ends: [end('a'), end('b')],
};

describe('the rules of turns', () => {
  it('find nothing in a history that keeps the promises', () => {
    const calls = [call('a', 1, 100, { status: 503 }), call('a', 1, 120, { attempt: 2 }), call('b', 2, 140)];
    expect(found({ ...two, calls })).toEqual([]);
  });

  it('find two calls of a user that are open at once', () => {
    const calls = [call('a', 1, 100, { endedAt: 130 }), call('b', 2, 120)];
    expect(found({ ...two, calls })).toEqual(['overlap: b starts while a is running']);
  });

  it('find a call that is still open, also behind one that has ended', () => {
    const calls = [call('a', 1, 100, { endedAt: Infinity }), call('a', 1, 120), call('b', 2, 140)];
    expect(broken({ ...two, calls })).toEqual(['overlap']);
  });

  it('except a call whose process was frozen', () => {
    const calls = [
      call('a', 1, 100, { endedAt: 130, wasFrozen: true }),
      call('a', 1, 120),
      call('b', 2, 140),
    ];
    expect(found({ ...two, calls })).toEqual([]);
  });

  it('find a late call, unless its process was frozen', () => {
    const late = { isLate: true, token: 90, status: 409 };
    const calls = [call('a', 1, 100), call('a', 1, 120, late), call('b', 2, 140)];
    expect(found({ ...two, calls })).toEqual(['late: a starts late']);
    calls[1] = call('a', 1, 120, { ...late, wasFrozen: true });
    expect(found({ ...two, calls })).toEqual([]);
  });

  it('find a token that does not grow', () => {
    const calls = [call('a', 1, 100), call('b', 2, 120, { token: 100 })];
    expect(broken({ ...two, calls })).toEqual(['token']);
  });

  it('find first starts that are not in the order of seq', () => {
    const calls = [call('b', 2, 100), call('a', 1, 120)];
    expect(found({ ...two, calls })).toEqual(['order: a starts after b, which has a higher seq']);
  });

  it('do not order a request that failed before its first call and was run again', () => {
    const calls = [call('b', 2, 100), call('a', 1, 120)];
    const decisions = [decided('retry', 110, 'a')];
    expect(found({ ...two, decisions, calls })).toEqual([]);
  });

  it('order a scheduled request until a clock was moved', () => {
    const calls = [call('b', 2, 100), call('a', 1, 120)];
    const enqueued = [accepted('a', 1, { delayMs: 50 }), accepted('b', 2)];
    const moves = [{ from: 110, to: 115 }];
    const given = { ...two, enqueued, calls };
    expect(broken(given)).toContain('order');
    expect(found({ ...given, moves })).toEqual([]);
    expect(broken({ ...given, moves: [{ from: 130, to: 140 }] })).toContain('order');
  });

  it('do not order requests that were not acknowledged', () => {
    const orphan = accepted('a', 1, { verdict: 'unknown', answers: [] });
    const calls = [call('b', 2, 100), call('a', 1, 120)];
    expect(found({ enqueued: [orphan, accepted('b', 2)], ends: [end('b')], calls })).toEqual([]);
  });

  it('find a request that is overtaken between two of its attempts', () => {
    const calls = [call('a', 1, 100, { status: 503 }), call('b', 2, 120), call('a', 1, 140, { attempt: 2 })];
    expect(found({ ...two, calls })).toEqual(['inPlace: a was overtaken before it had ended']);
  });

  it('allow a failed request to come back once for each retry that was sent before', () => {
    const calls = [call('a', 1, 100, { status: 422 }), call('b', 2, 120), call('a', 1, 140)];
    expect(found({ ...two, calls, decisions: [decided('retry', 125, 'a')] })).toEqual([]);
    expect(broken({ ...two, calls, decisions: [decided('retry', 145, 'a')] })).toEqual(['inPlace']);
    const refused = decided('retry', 125, 'a', { verdict: 'refused' });
    expect(broken({ ...two, calls, decisions: [refused] })).toEqual(['inPlace']);
  });

  it('allow it to come back more often if the retry was sent more often', () => {
    const enqueued = [accepted('a', 1), accepted('b', 2), accepted('c', 3)];
    const calls = [
      call('a', 1, 100),
      call('b', 2, 120),
      call('a', 1, 140),
      call('c', 3, 160),
      call('a', 1, 180),
    ];
    const given = { enqueued, calls, ends: [end('a'), end('b'), end('c')] };
    expect(broken({ ...given, decisions: [decided('retry', 125, 'a')] })).toEqual(['inPlace']);
    expect(found({ ...given, decisions: [decided('retry', 125, 'a', { tries: 2 })] })).toEqual([]);
  });

  it('except older requests that are run again while an attempt is lost', () => {
    const calls = [
      call('a', 1, 100, { status: 422 }),
      call('b', 2, 120, { status: undefined }),
      call('a', 1, 140),
      call('b', 2, 160),
    ];
    expect(found({ ...two, calls, decisions: [decided('retry', 125, 'a')] })).toEqual([]);
    const newer = [
      call('a', 1, 100, { status: 503 }),
      call('b', 2, 120),
      call('a', 1, 140),
      call('b', 2, 160),
    ];
    expect(broken({ ...two, calls: newer, decisions: [decided('retry', 125, 'b')] })).toEqual(['inPlace']);
  });

  it('except an older scheduled request that becomes due while an attempt is lost, once a clock was moved', () => {
    const lost = call('b', 2, 100, { status: undefined });
    const calls = [lost, call('a', 1, 120), call('b', 2, 140)];
    const given = { ...two, enqueued: [accepted('a', 1, { delayMs: 50 }), accepted('b', 2)], calls };
    expect(found({ ...given, moves: [{ from: 90, to: 95 }] })).toEqual([]);
    expect(broken(given)).toContain('inPlace');
  });
});
