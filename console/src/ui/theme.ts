import { effect, signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';
const STORED = 'turnwise.theme';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const stored = localStorage.getItem(STORED) as Theme | null;
/** Dark or light: as the system is, unless it was chosen here. */
export const theme = signal<Theme>(stored !== null && THEMES.includes(stored) ? stored : 'system');

effect(() => {
  if (theme.value === 'system') {
    delete document.documentElement.dataset['theme'];
    localStorage.removeItem(STORED);
  } else {
    document.documentElement.dataset['theme'] = theme.value;
    localStorage.setItem(STORED, theme.value);
  }
});

export const nextTheme = () =>
  (theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system');
