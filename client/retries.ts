import { mergeHeaders, type Client, type HeadersOptions } from 'openapi-fetch';
import type { paths } from './schema';

type Init = { headers?: HeadersOptions; signal?: AbortSignal | null };
type Send = (method: string, path: string, init?: Init) => Promise<{ response: Response }>;

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'POST', 'PATCH'] as const;
/** All calls with the same Idempotency-Key are one request. */
const KEYED = new Set<string>(['/enqueue', '/enqueue/batch'] satisfies (keyof paths)[]);
/** The other POSTs that the document calls safe to repeat. */
const SAFE = new Set<string>([
  '/requests/{id}/cancel',
  '/admin/users/{id}/requests/{requestId}/cancel',
  '/work/{id}/extend',
  '/work/{id}/complete',
  '/work/{id}/fail',
] satisfies (keyof paths)[]);
/** A late repeat of a purge would cancel what was accepted after the first one. */
const PURGES = new Set<string>([
  '/queue/requests',
  '/admin/users/{id}/queue/requests',
] satisfies (keyof paths)[]);
/** The caller gets an answer with a longer `Retry-After`, and decides. */
const MAX_WAIT_MS = 60_000;
/** Longest backoff before the first repeat; it doubles with each further one. */
const BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 10_000;

/** Makes the client repeat a call up to `retries` times. The caller gets the last answer, or its error. */
export function withRetries(client: Client<paths>, retries: number): Client<paths> {
  if (retries <= 0) return client;
  const send = client.request as Send;
  const call: Send = async (method, path, init = {}) => {
    const isSafe = /^(post|patch)$/i.test(method)
      ? KEYED.has(path) || SAFE.has(path)
      : !PURGES.has(path) || /^get$/i.test(method);
    // Not randomUUID(): a page has it only over HTTPS.
    const key = KEYED.has(path) && crypto.getRandomValues(new BigUint64Array(2)).join('-');
    const sent = key ? { ...init, headers: mergeHeaders({ 'Idempotency-Key': key }, init.headers) } : init;
    for (let made = 0; ; made++) {
      const answer = await send(method, path, sent).catch((error: unknown) => {
        if (!isSafe || made >= retries || init.signal?.aborted) throw error;
      });
      const backoffMs = Math.random() * Math.min(BACKOFF_MS * 2 ** made, MAX_BACKOFF_MS);
      const waitMs = Math.max(backoffMs, retryAfterMs(answer?.response.headers.get('Retry-After')));
      if (answer) {
        const { status } = answer.response; // after a 429 nothing was done; after a 5xx the outcome is unknown
        const mayRepeat = status === 429 || (isSafe && status >= 500);
        if (!mayRepeat || made >= retries || waitMs > MAX_WAIT_MS) return answer;
      }
      await pause(waitMs, init.signal);
    }
  };
  client.request = call as never;
  for (const name of METHODS) client[name] = ((path: string, init?: Init) => call(name, path, init)) as never;
  return client;
}

/** @param value seconds, or a date. 0 for anything else */
function retryAfterMs(value: string | null | undefined): number {
  if (!value) return 0;
  return Number(value) * 1_000 || Date.parse(value) - Date.now() || 0;
}

/** @throws the reason of the signal, as soon as it aborts */
async function pause(ms: number, signal?: AbortSignal | null): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop);
  });
}
