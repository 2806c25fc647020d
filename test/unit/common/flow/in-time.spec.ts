import { setImmediate as immediate } from 'node:timers/promises';
import { inTime } from '../../../../src/common/flow/in-time';

it('inTime brings what a promise brings, or why it fails', async () => {
  await expect(inTime(Promise.resolve(1), 60_000)).resolves.toBe(1);
  await expect(inTime(Promise.reject(new Error('away')), 60_000)).rejects.toThrow('away');
});

it('inTime does not wait for longer, and does not hear a late failure', async () => {
  let fail = (_: Error) => {};
  await expect(inTime(new Promise((_, reject) => (fail = reject)), 1)).resolves.toBeUndefined();
  fail(new Error('late')); // would end the process if it was not handled
  await immediate();
});
