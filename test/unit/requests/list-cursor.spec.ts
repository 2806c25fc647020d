import fc from 'fast-check';
import { cursorAfter, seqOfCursor } from '../../../src/requests/list-cursor';

it('comes back as it was given out', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_007_199_254_740_991 }), (seq) => {
      expect(seqOfCursor(cursorAfter(seq))).toBe(seq);
    }),
  );
});

it('is refused when it is anything else', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => seqOfCursor(text)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }));
    }),
  );
  const padded = Buffer.from('before:007').toString('base64url');
  expect(() => seqOfCursor(padded)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }));
});
