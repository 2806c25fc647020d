import { computed, signal } from '@preact/signals';

/**
 * Where the page is: the part of the URL behind `#`, as `/requests/ID?status=failed`. It is sent to no server, and the
 * page works behind a path prefix.
 */
const hash = signal(location.hash);
window.addEventListener('hashchange', () => (hash.value = location.hash));

export interface Route {
  /** The steps of the path, decoded. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

export const route = computed((): Route => {
  const [path = '', query = ''] = hash.value.slice(1).split('?');
  return { path: path.split('/').filter(Boolean).map(decode), query: new URLSearchParams(query) };
});

/** The value of a link that was made for one purpose, as `#reset-password=TOKEN`. */
export const fragment = (name: string): string | null => new URLSearchParams(hash.value.slice(1)).get(name);

export function goTo(link: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') location.hash = link;
  else {
    history.replaceState(null, '', link);
    hash.value = location.hash;
  }
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
