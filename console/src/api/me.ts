import { effect, signal, untracked } from '@preact/signals';
import { answerOf, api, type Schemas } from './client';
import { onChange } from './live';
import { isPortal } from './portal';
import { account } from './session';

/** The account that is signed in; undefined until it is read, and in a portal. */
export const me = signal<Schemas['UserDto'] | undefined>(undefined);

effect(() => {
  me.value = undefined;
  if (isPortal || account.value === undefined) return undefined;
  const read = () =>
    answerOf(api.GET('/auth/me')).then(
      (known) => (me.value = known),
      () => undefined, // what is on the page says that the server is away
    );
  void untracked(read);
  return onChange(() => me.peek() === undefined && void read());
});
