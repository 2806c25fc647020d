import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { messageOf } from '../api/errors';

const SHOWN_MS = 8_000;

interface Said {
  readonly text: ComponentChildren;
  readonly isBad: boolean;
}

const said = signal<Said | undefined>(undefined);
let timer: ReturnType<typeof setTimeout>;

/** Shows a text at the foot of the page for a while. Screen readers read it out. */
export function say(text: ComponentChildren, isBad = false): void {
  clearTimeout(timer);
  said.value = { text, isBad };
  timer = setTimeout(() => (said.value = undefined), SHOWN_MS);
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

export function Notice() {
  return (
    <div class="notice-place" role="status" aria-live="polite">
      {said.value && (
        <div class={said.value.isBad ? 'notice bad' : 'notice'}>
          <span>{said.value.text}</span>
          <button type="button" class="plain" aria-label="Close" onClick={() => (said.value = undefined)}>
            ×
          </button>
        </div>
      )}
    </div>
  );
}
