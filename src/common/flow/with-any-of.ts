/**
 * Runs something under a signal that aborts as soon as one of several does, and then removes its listeners.
 * `AbortSignal.any` leaks memory on a signal that lasts as long as the process (Node 20). (P4)
 */
export async function withAnyOf<T>(
  signals: readonly AbortSignal[],
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const follow = () => controller.abort(signals.find(({ aborted }) => aborted)?.reason);
  for (const signal of signals) signal.addEventListener('abort', follow);
  if (signals.some(({ aborted }) => aborted)) follow();
  try {
    return await act(controller.signal);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', follow);
  }
}
