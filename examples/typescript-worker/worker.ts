/**
 * A Turnwise worker in TypeScript, with `@turnwise/client`:
 *
 *     const stopping = new AbortController();
 *     process.once('SIGTERM', () => stopping.abort());
 *     await serve({ url, key, types: ['word-count'], work: ({ payload }) => wordCount(payload) }, stopping.signal);
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createTurnwise, type Schemas } from '@turnwise/client';

/**
 * The work itself. `stop` aborts when the request was cancelled, or the lease has ended.
 * @returns the result: anything that JSON can hold
 * @throws anything: the attempt fails, and the request is retried in place
 */
export type Work = (request: Schemas['ClaimedRequestDto'], stop: AbortSignal) => Promise<unknown>;

export interface Options {
  readonly url: string;
  /** A key with the scope `work`. */
  readonly key: string;
  readonly types: string[];
  readonly work: Work;
  /** Most requests at once, each of a different user. */
  readonly atOnce?: number;
  readonly leaseMs?: number;
}

type Turnwise = ReturnType<typeof createTurnwise>;

/** How long a claim waits for a request, ms. */
const WAIT_MS = 20_000;
/** How long a call waits for its answer, ms. */
const ANSWER_MS = WAIT_MS + 10_000;

/**
 * Claims and runs requests until `stopping` aborts, and then finishes what it has.
 * @throws Error if the API refuses a claim
 */
export async function serve(options: Options, stopping: AbortSignal): Promise<void> {
  const { url, key, types, work, atOnce = 8, leaseMs = 10_000 } = options;
  const turnwise = createTurnwise({
    url,
    credential: key,
    retries: 0, // `call` repeats: for as long as a lease lasts, and claims too
    fetch: (request) => fetch(request, { signal: AbortSignal.timeout(ANSWER_MS) }),
  });
  const running = new Set<Promise<void>>();
  while (!stopping.aborted) {
    const body = {
      types,
      leaseMs,
      max: atOnce - running.size,
      waitMs: running.size === 0 ? WAIT_MS : 1_000,
    };
    const { items } = await call(() => turnwise.POST('/work/claim', { body }), stopping).catch(
      (error: unknown) => {
        if (stopping.aborted) return { items: [] };
        throw error;
      },
    );
    for (const item of items) {
      const run = attempt(turnwise, item, work, leaseMs).finally(() => running.delete(run));
      running.add(run);
    }
    if (running.size === atOnce) await Promise.race(running);
  }
  await Promise.all(running);
}

/** One attempt, from the claim to its outcome. Never rejects. After `lease_lost` another worker may have the request. */
async function attempt(turnwise: Turnwise, item: Schemas['ClaimedDto'], work: Work, leaseMs: number) {
  const { request, fencingToken } = item;
  const params = { path: { id: request.id } };
  const [done, stop] = [new AbortController(), new AbortController()];
  void keepLease(turnwise, item, leaseMs, done.signal, stop);
  try {
    const outcome = await Promise.resolve()
      .then(() => work(request, stop.signal))
      .then((result) => {
        JSON.stringify(result); // throws if it cannot be sent, e.g. because it is a BigInt
        return { result };
      })
      .catch((error: unknown) => ({ error: String(error) }));
    await call(() =>
      'error' in outcome
        ? turnwise.POST('/work/{id}/fail', { params, body: { fencingToken, ...outcome } })
        : turnwise.POST('/work/{id}/complete', { params, body: { fencingToken, ...outcome } }),
    );
  } catch (error) {
    console.error(`${request.id} attempt ${item.attempt}: ${String(error)}`);
  } finally {
    done.abort();
  }
}

/** Extends the lease after each third of it until `done`, and aborts `stop` when it has ended anyway. Never rejects. */
async function keepLease(
  turnwise: Turnwise,
  { request, fencingToken, leaseMs: givenMs }: Schemas['ClaimedDto'],
  leaseMs: number,
  done: AbortSignal,
  stop: AbortController,
): Promise<void> {
  // By the monotonic clock: the worker knows the end of its lease even without an answer.
  const endAt = (at: number) =>
    setTimeout(() => stop.abort(new Error('The lease has ended.')), at - performance.now());
  let end = endAt(performance.now() + givenMs);
  try {
    while (!done.aborted) {
      await sleep(givenMs / 3, undefined, { signal: done });
      const askedAt = performance.now();
      const kept = await call(
        () =>
          turnwise.POST('/work/{id}/extend', {
            params: { path: { id: request.id } },
            body: { fencingToken, leaseMs },
          }),
        done,
      );
      clearTimeout(end);
      end = endAt(askedAt + kept.leaseMs);
      if (kept.cancelRequested) stop.abort(new Error('The request was cancelled.'));
    }
  } catch (error) {
    stop.abort(error); // nobody listens once it is done
  } finally {
    clearTimeout(end);
  }
}

/**
 * One call, repeated while there is no answer, a 429 or a 5xx. Each call of a worker may be repeated.
 * @param until stops the repeats, and rejects
 * @throws Error with the code and the detail of the refusal
 */
async function call<T>(
  send: () => Promise<{ data?: T; error?: Schemas['ProblemDto']; response: Response }>,
  until?: AbortSignal,
): Promise<T> {
  for (;;) {
    const answer = await send().catch(() => undefined); // no answer, or only a part of it
    if (answer?.data !== undefined) return answer.data;
    const status = answer?.response.status ?? 503;
    if (status < 500 && status !== 429) throw new Error(`${answer?.error?.code}: ${answer?.error?.detail}`);
    const wait = Number(answer?.response.headers.get('retry-after') ?? 1);
    await sleep(wait * 1_000, undefined, until && { signal: until });
  }
}
