import { effect, signal } from '@preact/signals';
import { ofBrowser } from '../api/storage';

export type Theme = 'system' | 'light' | 'dark';
const STORED = 'turnwise.theme';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const stored = ofBrowser.getItem(STORED) as Theme | null;
/** Dark or light: the system's theme, unless one was chosen here. */
export const theme = signal<Theme>(stored !== null && THEMES.includes(stored) ? stored : 'system');

effect(() => {
  if (theme.value === 'system') {
    delete document.documentElement.dataset['theme'];
    ofBrowser.removeItem(STORED);
  } else {
    document.documentElement.dataset['theme'] = theme.value;
    ofBrowser.setItem(STORED, theme.value);
  }
});

export const nextTheme = () =>
  (theme.value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system');
