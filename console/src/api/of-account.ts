import { type Signal, signal } from '@preact/signals';
import { account } from './session';

/** State of the account that is signed in: after a sign-in or a sign-out it begins again. */
export function ofAccount<T>(initial: T): Signal<T> {
  const state = signal(initial);
  account.subscribe(() => (state.value = initial));
  return state;
}

/**
 * What becomes of the work of the account that is signed in now. Once it no longer is, its result and its error are nobody's:
 * then the promise stays pending.
 */
export function whileSignedIn<T>(work: Promise<T>): Promise<T> {
  const by = account.peek();
  return work.finally(() => (account.peek() === by ? undefined : new Promise(() => undefined)));
}
