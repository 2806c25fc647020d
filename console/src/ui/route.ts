import { computed, signal } from '@preact/signals';
import { account } from '../api/session';

/**
 * The route of the page: the part of the URL behind `#`, such as `/requests/ID?status=failed`. No server receives it,
 * and the page works behind a path prefix.
 */
const hash = signal(location.hash);
window.addEventListener('hashchange', () => (hash.value = location.hash));

export interface Route {
  /** The segments of the path, decoded. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

export const route = computed((): Route => {
  const [path = '', query = ''] = hash.value.slice(1).split('?');
  return { path: path.split('/').filter(Boolean).map(decode), query: new URLSearchParams(query) };
});

const path = computed(() => route.value.path.join('/'));
/** The page that is shown: another object after a change of the path, or of the account that is signed in. */
export const page = computed(() => ({ path: path.value, of: account.value }));
/** The same with what the rest of the link selects: another object after a change of the filter, too. */
export const view = computed(() => ({ link: hash.value, of: account.value }));

/** The value of a single-purpose link, such as `#reset-password=TOKEN`. */
export const fragment = (name: string): string | null => new URLSearchParams(hash.value.slice(1)).get(name);

export function goTo(link: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') location.hash = link;
  else history.replaceState(null, '', link);
  hash.value = location.hash; // the event comes later
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
