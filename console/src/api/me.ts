import { effect, signal } from '@preact/signals';
import { answerOf, api, type Schemas } from './client';
import { session } from './session';

/** The account that is signed in; undefined until it is known, and in a portal. */
export const me = signal<Schemas['UserDto'] | undefined>(undefined);

const isAccount = signal(false);
effect(() => {
  isAccount.value = session.value?.refreshToken !== undefined;
});

effect(() => {
  if (!isAccount.value) me.value = undefined;
  else
    answerOf(api.GET('/auth/me')).then(
      (account) => (me.value = account),
      () => undefined, // what is on the page says that the server is away
    );
});
