import { accepted, broken, call, decided, end, found } from './histories';

const names = ['a', 'b', 'c', 'd'];
const given = {
  enqueued: names.map((name, i) => accepted(name, i + 1)),
  ends: names.map((name) => end(name)),
};
/** Two starts a second; answered at 55. */
const limit = decided('limit', 50, undefined, { rate: { limit: 2, perMs: 1000 } });
const starts = (...at: number[]) => at.map((startedAt, i) => call(names[i]!, i + 1, startedAt));

describe('the rule of rates', () => {
  it('finds a start more than the bucket holds', () => {
    expect(found({ ...given, calls: starts(60, 80, 95, 800), decisions: [limit] })).toEqual([]);
    expect(found({ ...given, calls: starts(60, 80, 95, 110), decisions: [limit] })).toEqual([
      'rate: 3 starts from b on, with a rate of 2 in 1000 ms',
    ]);
  });

  it('allows starts for which the bucket has refilled', () => {
    expect(broken({ ...given, calls: starts(60, 80, 95, 520), decisions: [limit] })).toEqual(['rate']);
    expect(found({ ...given, calls: starts(60, 80, 95, 570), decisions: [limit] })).toEqual([]);
  });

  it('ignores times in which another rate may be in force', () => {
    const lifted = decided('limit', 90, undefined, { rate: null });
    expect(found({ ...given, calls: starts(60, 80, 95, 110), decisions: [limit, lifted] })).toEqual([]);
    const unknown = decided('limit', 50, undefined, { rate: limit.rate!, verdict: 'unknown' });
    expect(found({ ...given, calls: starts(60, 80, 95, 110), decisions: [unknown] })).toEqual([]);
  });

  it('ignores times in which Redis may have been lost', () => {
    const refills = [{ from: 90, to: 100 }];
    const calls = starts(60, 80, 95, 110);
    expect(found({ ...given, calls, decisions: [limit], refills })).toEqual([]);
    expect(broken({ ...given, calls, decisions: [limit], refills: [{ from: 10, to: 65 }] })).toEqual([
      'rate',
    ]);
  });

  it('counts from the start of a call whose process was frozen', () => {
    const calls = starts(60, 80, 95, 110).map((each) => ({ ...each, wasFrozen: true }));
    expect(broken({ ...given, calls, decisions: [limit] })).toEqual(['rate']);
  });
});
