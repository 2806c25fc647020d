import fc from 'fast-check';
import { cursorAfter, LIST_ORDERS, seqOfCursor } from '../../../src/requests/list-cursor';

it('a cursor is parsed to what it was made of', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9_007_199_254_740_991 }),
      fc.constantFrom(...LIST_ORDERS),
      (seq, order) => {
        expect(seqOfCursor(cursorAfter(seq, order), order)).toBe(seq);
      },
    ),
  );
});

it('a cursor that is anything else is refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => seqOfCursor(text, 'newest')).toThrow(expect.objectContaining({ code: 'invalid_cursor' }));
    }),
  );
  const padded = Buffer.from('before:007').toString('base64url');
  expect(() => seqOfCursor(padded, 'newest')).toThrow(expect.objectContaining({ code: 'invalid_cursor' }));
});

it('a cursor is refused by a list of the other order', () => {
  expect(() => seqOfCursor(cursorAfter(7, 'oldest'), 'newest')).toThrow(
    expect.objectContaining({ code: 'invalid_cursor' }),
  );
});
