import { effect, signal, untracked } from '@preact/signals';
import { answerOf, api, type Schemas } from './client';
import { onChange } from './live';
import { session } from './session';

/** The account that is signed in; undefined until it is known, and in a portal. */
export const me = signal<Schemas['UserDto'] | undefined>(undefined);

const isAccount = signal(false);
effect(() => {
  isAccount.value = session.value?.refreshToken !== undefined;
});

effect(() => {
  me.value = undefined;
  if (!isAccount.value) return undefined;
  let isOver = false;
  const read = () =>
    answerOf(api.GET('/auth/me')).then(
      (account) => {
        if (!isOver) me.value = account;
      },
      () => undefined, // what is on the page says that the server is away
    );
  void untracked(read);
  const off = onChange(() => me.peek() === undefined && void read());
  return () => {
    isOver = true;
    off();
  };
});
