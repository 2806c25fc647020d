import { computed, effect, signal } from '@preact/signals';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { isAway } from './client';
import { mayPass } from './errors';
import { API } from './portal';
import { account, authorizedFetch } from './session';

const POLL_MS = 3_000;
/** Shortest time between two reads, ms: a burst of events is one read. */
const GAP_MS = 250;
/** The server sends something every 15 s. A stream that is silent for longer than this is lost, ms. */
const SILENT_MS = 40_000;

/** Whether there is a stream on which something has arrived: a proxy may hold it back. */
const isHeard = signal(false);

/**
 * Notices changes by the event stream, or by polling every few seconds while nothing arrives on it. Both stop while the
 * tab is hidden.
 */
export const connection = computed(() => (isHeard.value ? 'live' : isAway.value ? 'offline' : 'polling'));

const listeners = new Set<() => void>();
const changed = () => listeners.forEach((listener) => listener());

/** Where the stream of the account goes on when it begins again. */
const place = computed(() => ({ of: account.value, lastEventId: '' }));

async function follow(signal: AbortSignal): Promise<void> {
  const here = place.peek();
  const headers: Record<string, string> =
    here.lastEventId === '' ? {} : { 'last-event-id': here.lastEventId };
  const answer = await authorizedFetch(new Request(`${API}/events`, { headers, signal }));
  if (!answer.ok || answer.body === null) return void answer.body?.cancel();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void events.cancel().catch(() => undefined), SILENT_MS);
  };
  const heard = () => {
    listen();
    if (isHeard.value) return;
    isHeard.value = true;
    changed();
  };
  const events = answer.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream({ onRetry: heard, onComment: heard })) // it begins with `retry`
    .getReader();
  listen();
  try {
    for (let read = await events.read(); !read.done; read = await events.read()) {
      heard();
      const { id, event } = read.value;
      if (id !== undefined) here.lastEventId = id;
      if (event !== undefined) changed();
    }
  } finally {
    clearTimeout(timer);
    isHeard.value = false;
  }
}

async function watch(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await follow(signal).catch(() => undefined); // reads fail, too, if the server is away
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

export const isLookedAt = signal(!document.hidden);
document.addEventListener('visibilitychange', () => (isLookedAt.value = !document.hidden));
/** How many parts of the page need polling even if the stream is live. */
const polling = signal(0);

effect(() => {
  if (account.value === undefined || !isLookedAt.value) return undefined;
  const stop = new AbortController();
  changed();
  void watch(stop.signal);
  return () => stop.abort();
});
effect(() => {
  if (account.value === undefined || !isLookedAt.value || (isHeard.value && polling.value === 0))
    return undefined;
  const timer = setInterval(changed, POLL_MS);
  return () => clearInterval(timer);
});

/** Calls back when something may have changed. @returns ends that */
export function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * Repeats a failed read after a few seconds: while the stream is live, there may be no event that triggers it.
 * @param failed the state of the last read: a new object for each
 */
export function useAnotherTry(failed: { readonly error?: unknown } | undefined, read: () => void): void {
  useEffect(() => {
    if (failed === undefined || !mayPass(failed.error)) return undefined;
    const timer = setTimeout(() => connection.value === 'live' && read(), POLL_MS);
    return () => clearTimeout(timer);
  }, [failed, read]);
}

/** Has what is on the page read again every few seconds, because no stream tells of other users, or of callbacks. */
export function usePolling(isNeeded = true): void {
  useEffect(() => {
    if (!isNeeded) return undefined;
    polling.value += 1;
    return () => {
      polling.value -= 1;
    };
  }, [isNeeded]);
}

export interface Live<T> {
  readonly data: T | undefined;
  /** What the last read ended with, if it failed. */
  readonly error: unknown;
  /** Reads it again. A caller that awaits it goes on when the read has ended. */
  readonly reload: () => unknown;
}

/**
 * What `load` answers, read again whenever something has changed. What was read last stays until then.
 * @param key what it is about: another one begins with nothing
 */
export function useLive<T>(load: () => Promise<T>, key: string): Live<T> {
  const [state, setState] = useState<{ key: string; data?: T; error?: unknown }>({ key });
  const latest = useRef(load);
  latest.current = load;
  const reload = useRef<() => unknown>(() => undefined);

  useEffect(() => {
    let isOver = false;
    const read = oneAtATime(async () => {
      try {
        const data = await latest.current();
        if (!isOver) setState({ key, data });
      } catch (error) {
        if (!isOver) setState((last) => (last.key === key ? { ...last, error } : { key, error }));
      }
    });
    reload.current = read;
    read();
    const off = onChange(read);
    return () => {
      isOver = true;
      off();
    };
  }, [key]);

  const stable = useCallback(() => reload.current(), []);
  useAnotherTry(state, stable);
  const { data, error } = state.key === key ? state : {};
  return { data, error, reload: stable };
}

/**
 * Runs a step again if it was asked for while it ran, never twice at once, and not while nobody looks.
 * @param gapMs between two
 * @returns asks for a step; a caller that awaits it goes on when the step has ended
 */
export function oneAtATime(step: () => Promise<void>, gapMs = GAP_MS): () => unknown {
  let isRunning = false;
  let wanted: (() => void)[] = [];
  const run = async () => {
    isRunning = true;
    do {
      const ended = wanted;
      wanted = [];
      if (isLookedAt.value) await step(); // everything is read again when the page is looked at
      ended.forEach((tell) => tell());
      await new Promise((resolve) => setTimeout(resolve, gapMs));
    } while (wanted.length > 0);
    isRunning = false;
  };
  return () =>
    new Promise<void>((resolve) => {
      wanted.push(resolve);
      if (!isRunning) void run();
    });
}
