import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { serverNow } from '../api/server-time';
import { shortDate } from './short-date';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The server's time, to the second, while something on the page shows it pass. */
const now = signal(serverNow());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The current time. The caller is drawn again every second, while the tab is visible. */
export function useNow(): number {
  useEffect(() => {
    now.value = serverNow();
    if (watchers++ === 0) timer = setInterval(() => !document.hidden && (now.value = serverNow()), SECOND);
    return () => void (--watchers === 0 && clearInterval(timer));
  }, []);
  return now.value;
}

const exact = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'full',
  timeStyle: 'long',
  hourCycle: 'h23',
});

/** A time in the reader's zone with its date. On hover: exact, and in UTC. */
export function Time({ at }: { at: string }) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={`${exact.format(date)}\n${at}`}>
      {shortDate(date, new Date(serverNow()))}
    </time>
  );
}

/** A duration in its two largest units. */
export function duration(ms: number): string {
  if (ms < SECOND) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10 * SECOND) return `${(ms / SECOND).toFixed(1)} s`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ${Math.floor((ms % MINUTE) / SECOND)} s`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
  return `${Math.floor(ms / DAY)} d ${Math.floor((ms % DAY) / HOUR)} h`;
}

/** The time since then, counting up. */
export function Elapsed({ since }: { since: string }) {
  const ms = Math.max(0, useNow() - Date.parse(since));
  return <span class="number">{duration(Math.floor(ms / SECOND) * SECOND)}</span>;
}

/** The time until then, counting down. */
export function Until({ at }: { at: string }) {
  const ms = Date.parse(at) - useNow();
  return (
    <span class="number" title={at}>
      {ms <= 0 ? 'any moment' : `in ${duration(Math.ceil(ms / SECOND) * SECOND)}`}
    </span>
  );
}
