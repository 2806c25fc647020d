import { KeptBytes } from '../../../../src/common/flow/kept-bytes';

it('KeptBytes keeps the bytes up to its limit, and says if there were more', () => {
  const kept = new KeptBytes(5);
  expect([kept.add(Buffer.from('abc')), kept.add(Buffer.from('de')), kept.add(Buffer.alloc(0))]).toEqual([
    true,
    true,
    true,
  ]);
  expect(kept.add(Buffer.from('f'))).toBe(false);
  expect(kept.bytes.toString()).toBe('abcde');
});

it('KeptBytes cuts a chunk that fits in part, and keeps nothing if its limit is 0', () => {
  const kept = new KeptBytes(4);
  expect([kept.add(Buffer.from('abcdef')), kept.bytes.toString()]).toEqual([false, 'abcd']);
  const nothing = new KeptBytes(0);
  expect([nothing.add(Buffer.from('a')), nothing.bytes.length]).toEqual([false, 0]);
});

it('KeptBytes keeps its own memory only, not the buffers that its chunks are views of', () => {
  const kept = new KeptBytes(1_000);
  const read = Buffer.alloc(65_536, 'x');
  for (let i = 0; i < 1_000; i += 1) kept.add(read.subarray(i, i + 1));
  expect(kept.bytes.toString()).toBe('x'.repeat(1_000));
  expect(kept.bytes.buffer.byteLength).toBeLessThanOrEqual(1_000);
});
