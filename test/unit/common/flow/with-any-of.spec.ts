import { getEventListeners } from 'node:events';
import { withAnyOf } from '../../../../src/common/flow/with-any-of';

/** How many signals and listeners follow a signal. Node has no public API for the former. */
function followersOf(signal: AbortSignal): number {
  const known = Object.getOwnPropertySymbols(signal).find(
    ({ description }) => description === 'kDependantSignals',
  );
  const dependants =
    known && ((signal as unknown as Record<symbol, Set<unknown> | undefined>)[known]?.size ?? 0);
  return getEventListeners(signal, 'abort').length + (dependants ?? 0);
}

it('withAnyOf aborts with the reason of the first signal that aborts', async () => {
  const [a, b] = [new AbortController(), new AbortController()];
  const reason = await withAnyOf([a.signal, b.signal], async (signal) => {
    b.abort(new Error('b'));
    a.abort(new Error('a'));
    return signal.reason as Error;
  });
  expect(reason.message).toBe('b');
});

it('withAnyOf begins aborted if a signal is aborted', async () => {
  expect.assertions(1);
  const aborted = AbortSignal.abort(new Error('before'));
  await withAnyOf([new AbortController().signal, aborted], async (signal) => {
    expect(signal.reason).toEqual(new Error('before'));
  });
});

it.each([
  ['its task has succeeded', async () => undefined],
  ['its task has failed', () => Promise.reject(new Error('no'))],
])('withAnyOf leaves nothing on a long-lived signal when %s (P4)', async (_, act) => {
  const { signal } = new AbortController();
  for (let i = 0; i < 100; i++) await withAnyOf([signal], act).catch(() => undefined);
  expect(followersOf(signal)).toBe(0);
});
