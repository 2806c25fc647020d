import { AttemptNotesBuffer } from '../../../../src/workers/in-process/attempt-notes';

describe('AttemptNotesBuffer', () => {
  let changes: number;
  let notes: AttemptNotesBuffer;
  beforeEach(() => {
    changes = 0;
    notes = new AttemptNotesBuffer(
      () => 1_000,
      () => (changes += 1),
    );
  });

  it('is empty for an attempt without notes', () => {
    expect(notes.notes).toEqual({});
  });

  it('keeps the latest progress, within 0 and 1', () => {
    notes.tellProgress(0.25, 'a quarter');
    expect(notes.notes).toEqual({ progress: { done: 0.25, text: 'a quarter', at: new Date(1_000) } });
    notes.tellProgress(7);
    expect(notes.notes).toEqual({ progress: { done: 1, at: new Date(1_000) } });
    notes.tellProgress(-1);
    expect(notes.notes.progress?.done).toBe(0);
  });

  it.each([NaN, '1' as unknown as number, undefined as unknown as number])(
    'ignores %p as progress',
    (done) => {
      notes.tellProgress(done);
      expect([notes.notes, changes]).toEqual([{}, 0]);
    },
  );

  it('keeps the latest 20 lines of at most 500 characters, however many there are', () => {
    for (let i = 1; i <= 100_000; i += 1) notes.tellLine('info', `${i} ${'x'.repeat(600)}`);
    const { log = [] } = notes.notes;
    expect(log).toHaveLength(20);
    expect(log[0]?.text).toMatch(/^99981 x{491}\.\.\.$/);
    expect(log.at(-1)?.text).toMatch(/^100000 /);
  });

  it.each<[unknown, string]>([
    ['text', 'text'],
    [{ a: [1, { b: 2 }] }, '{ a: [ 1, { b: 2 } ] }'],
    [undefined, 'undefined'],
    [new Error('broken'), 'broken'],
  ])('shows %p as text', (message, text) => {
    notes.tellLine('warn', message);
    expect(notes.notes.log).toEqual([
      { at: new Date(1_000), level: 'warn', text: expect.stringContaining(text) },
    ]);
  });

  it('accepts nothing once it is closed', () => {
    notes.tellLine('info', 'in time');
    notes.close();
    notes.tellLine('info', 'late');
    notes.tellProgress(1);
    expect(notes.notes).toEqual({ log: [{ at: new Date(1_000), level: 'info', text: 'in time' }] });
    expect(changes).toBe(1);
  });
});
