import { connection } from '../api/live';

const WORDS = {
  live: 'Live',
  polling: 'Updates every few seconds',
  offline: 'Server away',
} as const;

/** Shows whether the page is live. */
export function Connection() {
  return (
    <span class={`connection ${connection.value}`} role="status">
      <span class="words">{WORDS[connection.value]}</span>
    </span>
  );
}
