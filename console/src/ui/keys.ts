import { useEffect } from 'preact/hooks';

/** The actions of single keys, while nobody types and no dialog is open. */
export const KEYS: readonly (readonly [key: string, does: string])[] = [
  ['n', 'New request'],
  ['/', 'Search'],
  ['q', 'Queue'],
  ['j', 'Next row'],
  ['k', 'Previous row'],
  ['m', 'Latest message at the foot of the page'],
  ['?', 'These keys'],
];

export function useKeys(actions: Record<string, () => void>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isWriting = (event.target as Element).closest('input, textarea, select, dialog') !== null;
      if (isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
      const action = actions[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}

/** Moves the focus to the link in the row after or before the focused one. */
export function moveFocus(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('a.request-row')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = at === -1 ? rows[0] : rows[at + by];
  next?.focus();
}
