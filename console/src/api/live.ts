import { effect, signal } from '@preact/signals';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { mayPass, Unreachable } from './errors';
import { API } from './portal';
import { authorizedFetch, session } from './session';

/**
 * Notices changes by the event stream, or by polling every few seconds while the stream is down. Both stop while the
 * tab is hidden.
 */
export const connection = signal<'live' | 'polling' | 'offline'>('polling');

const POLL_MS = 3_000;
/** Reads that follow each other are so far apart at least: a burst of events is one read. */
const GAP_MS = 250;
/** The server sends something every 15 s. A stream that is silent for longer than this is lost, ms. */
const SILENT_MS = 40_000;

const listeners = new Set<() => void>();
const changed = () => listeners.forEach((listener) => listener());

let lastEventId = '';

async function follow(signal: AbortSignal): Promise<void> {
  const headers: Record<string, string> = lastEventId === '' ? {} : { 'last-event-id': lastEventId };
  const answer = await authorizedFetch(new Request(`${API}/events`, { headers, signal }));
  if (!answer.ok || answer.body === null) return void answer.body?.cancel();
  connection.value = 'live';
  changed();
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void events.cancel().catch(() => undefined), SILENT_MS);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const events = answer.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream({ onComment: heard }))
    .getReader();
  heard();
  try {
    for (let read = await events.read(); !read.done; read = await events.read()) {
      heard();
      const { id, event } = read.value;
      if (id !== undefined) lastEventId = id;
      if (event !== undefined) changed();
    }
  } finally {
    clearTimeout(timer);
  }
}

async function watch(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    connection.value = await follow(signal).then(
      () => 'polling' as const,
      (error: unknown) => (error instanceof Unreachable ? 'offline' : 'polling'),
    );
    if (signal.aborted) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    changed();
  }
}

const isLookedAt = signal(!document.hidden);
document.addEventListener('visibilitychange', () => (isLookedAt.value = !document.hidden));
const isSignedIn = signal(false);
effect(() => {
  isSignedIn.value = session.value !== undefined;
});

effect(() => {
  if (!isSignedIn.value || !isLookedAt.value) return undefined;
  const stop = new AbortController();
  changed();
  void watch(stop.signal);
  return () => stop.abort();
});
effect(() => {
  if (!isSignedIn.value) lastEventId = '';
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

/** Has what is on the page read again every few seconds: there is no stream of what happens to others. */
export function usePolling(): void {
  useEffect(() => {
    const timer = setInterval(() => isLookedAt.value && changed(), POLL_MS);
    return () => clearInterval(timer);
  }, []);
}

export interface Live<T> {
  readonly data: T | undefined;
  /** What the last read ended with, if it failed. */
  readonly error: unknown;
  readonly reload: () => void;
}

/**
 * What `load` answers, read again whenever something has changed. What was read last stays until then.
 * @param key what it is about: another one begins with nothing
 */
export function useLive<T>(load: () => Promise<T>, key: string): Live<T> {
  const [state, setState] = useState<{ key: string; data?: T; error?: unknown }>({ key });
  const latest = useRef(load);
  latest.current = load;
  const reload = useRef<() => void>(() => undefined);

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
  return { data: state.key === key ? state.data : undefined, error: state.error, reload: stable };
}

/**
 * Runs a step again if it was asked for while it ran, never twice at once, and not while nobody looks.
 * @param gapMs between two
 */
export function oneAtATime(step: () => Promise<void>, gapMs = GAP_MS): () => void {
  let isRunning = false;
  let isWanted = false;
  const run = async () => {
    isRunning = true;
    do {
      isWanted = false;
      if (!isLookedAt.value) break; // who looks again has everything read again
      await step();
      await new Promise((resolve) => setTimeout(resolve, gapMs));
    } while (isWanted);
    isRunning = false;
  };
  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };
}
