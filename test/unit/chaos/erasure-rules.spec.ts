import { accepted, broken, call, decided, end, found } from './histories';

const one = { enqueued: [accepted('a', 1)], ends: [] };
const decisions = [decided('erase', 104), decided('erased', 150)];

describe('the rule of erasures', () => {
  it('expects promised requests to be gone', () => {
    expect(broken(one)).toEqual(['lost']);
    expect(found({ ...one, decisions, calls: [call('a', 1, 100)] })).toEqual([]);
    const cancel = decided('cancel', 90, 'a');
    expect(broken({ ...one, ends: [end('a')], calls: [call('a', 1, 80)], decisions: [cancel] })).toEqual([
      'cancelKept',
    ]);
    expect(found({ ...one, calls: [call('a', 1, 80)], decisions: [cancel, ...decisions] })).toEqual([]);
  });

  it('finds a start after the erasure', () => {
    expect(broken({ ...one, decisions, calls: [call('a', 1, 160)] })).toEqual(['erased']);
  });

  it('finds a call that continues after the erasure, unless its process was frozen', () => {
    const open = call('a', 1, 100, { endedAt: 200 });
    expect(broken({ ...one, decisions, calls: [open] })).toEqual(['erased']);
    expect(found({ ...one, decisions, calls: [{ ...open, wasFrozen: true }] })).toEqual([]);
  });
});
