import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { messageOf } from '../api/errors';
import { isLookedAt } from '../api/live';
import { ofAccount } from '../api/of-account';

const SHOWN_MS = 8_000;

interface Said {
  readonly text: ComponentChildren;
  readonly isBad: boolean;
  readonly number: number;
}

/** The errors that nobody has closed, and the latest other notice. */
const said = ofAccount<readonly Said[]>([]);
let number = 0;

/**
 * Shows a text at the foot of the page: an error until it is closed, anything else for a while. Screen readers read it
 * out.
 */
export function say(text: ComponentChildren, isBad = false): void {
  const errors = said.peek().filter((other) => other.isBad && other.text !== text);
  said.value = [...errors, { text, isBad, number: (number += 1) }];
}

/** Runs a button's action, and shows an error if it fails. @returns whether it succeeded */
export async function attempt(action: () => Promise<unknown>, done?: string): Promise<boolean> {
  try {
    await action();
    if (done !== undefined) say(done);
    return true;
  } catch (error) {
    say(messageOf(error), true);
    return false;
  }
}

/** Moves the focus to the latest notice: to its link, or to its button. */
export const focusNotice = (): void =>
  document.querySelector<HTMLElement>('.notice:last-child :is(a, button)')?.focus();

/** Where notices can be shown. Only the last one shows them: a dialog makes everything beside it inert. */
const places = signal<readonly object[]>([]);

export function NoticePlace() {
  const place = useRef({}).current;
  useLayoutEffect(() => {
    places.value = [...places.peek(), place];
    return () => void (places.value = places.peek().filter((other) => other !== place));
  }, []);
  return (
    <div class="notice-place" role="status" aria-live="polite">
      {places.value.at(-1) === place && said.value.map((each) => <Notice key={each.number} said={each} />)}
    </div>
  );
}

function Notice({ said: notice }: { said: Said }) {
  const element = useRef<HTMLDivElement>(null);
  const close = () => void (said.value = said.peek().filter((other) => other !== notice));
  const isTimed = !notice.isBad && isLookedAt.value;
  useLayoutEffect(() => {
    if (!isTimed) return undefined;
    const closeUnused = () => element.current!.matches(':hover, :focus-within') || close();
    const timer = setInterval(closeUnused, SHOWN_MS);
    return () => clearInterval(timer);
  }, [isTimed]);
  return (
    <div ref={element} class={notice.isBad ? 'notice bad' : 'notice'}>
      <span>{notice.text}</span>
      <button type="button" class="plain" aria-label="Close" onClick={close}>
        ×
      </button>
    </div>
  );
}
