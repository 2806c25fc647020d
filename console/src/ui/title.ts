import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Whose page it is: a portal has its owner's name. */
const site = signal('Turnwise');

/** Names the page in its tab, in bookmarks and to screen readers. */
export function useTitle(page: string): void {
  const title = `${page} · ${site.value}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** @param name null for Turnwise's own */
export function useSite(name: string | null | undefined): void {
  useEffect(() => {
    if (name) site.value = name;
  }, [name]);
}
