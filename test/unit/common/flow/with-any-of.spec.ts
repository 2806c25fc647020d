import { getEventListeners } from 'node:events';
import { withAnyOf } from '../../../../src/common/flow/with-any-of';

/** What a signal keeps of others that follow it; the runtime's own account, for want of a public one. */
function followersOf(signal: AbortSignal): number {
  const known = Object.getOwnPropertySymbols(signal).find(
    ({ description }) => description === 'kDependantSignals',
  );
  const dependants =
    known && ((signal as unknown as Record<symbol, Set<unknown> | undefined>)[known]?.size ?? 0);
  return getEventListeners(signal, 'abort').length + (dependants ?? 0);
}

it('aborts with the reason of the first that does', async () => {
  const [a, b] = [new AbortController(), new AbortController()];
  const reason = await withAnyOf([a.signal, b.signal], async (signal) => {
    b.abort(new Error('b'));
    a.abort(new Error('a'));
    return signal.reason as Error;
  });
  expect(reason.message).toBe('b');
});

it('begins aborted if one is', async () => {
  const aborted = AbortSignal.abort(new Error('before'));
  await withAnyOf([new AbortController().signal, aborted], async (signal) => {
    expect(signal.reason).toEqual(new Error('before'));
  });
});

it.each([
  ['what was done is done', async () => undefined],
  ['it failed', () => Promise.reject(new Error('no'))],
])('leaves nothing on a signal that lasts when %s (P4)', async (_, act) => {
  const { signal } = new AbortController();
  for (let i = 0; i < 100; i++) await withAnyOf([signal], act).catch(() => undefined);
  expect(followersOf(signal)).toBe(0);
});
