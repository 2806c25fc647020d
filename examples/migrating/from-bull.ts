import type { Job, Queue } from 'bull';
import { createTurnwise } from '@turnwise/client';

/** Where Turnwise is, and a key with the scope `act-as`. */
export interface Service {
  readonly url: string;
  readonly key: string;
}

/** The options of a job that have a counterpart. */
export interface Options {
  readonly jobId?: string;
  readonly attempts?: number;
  readonly backoff?: { readonly type: 'fixed' | 'exponential'; readonly delay: number };
  readonly delay?: number;
}

/**
 * Instead of `queueOf(tenant).add(name, data, options)`.
 * @returns the request's id
 * @throws what Turnwise says is wrong
 */
export async function add(
  service: Service,
  tenant: string,
  name: string,
  data: unknown,
  options: Options = {},
) {
  const turnwise = createTurnwise({ url: service.url, credential: service.key, customer: tenant });
  const { jobId, attempts, backoff, delay } = options;
  const { data: accepted, error } = await turnwise.POST('/enqueue', {
    params: { header: jobId === undefined ? {} : { 'Idempotency-Key': jobId } },
    body: {
      type: name,
      payload: data,
      ...(attempts === undefined ? {} : { maxAttempts: attempts }),
      ...(backoff === undefined ? {} : { backoff: { type: backoff.type, delayMs: backoff.delay } }),
      ...(delay === undefined ? {} : { delayMs: delay }),
    },
  });
  if (accepted === undefined) throw new Error(`${error.code}: ${error.detail}`);
  return accepted.id;
}

/**
 * Moves what waits in a tenant's queue, in its order. It may be run again after it has failed: what was moved keeps its id, and
 * is not accepted twice within a day. Stop the old workers first: a job that is running is not moved.
 * @returns how many jobs were moved
 */
export async function move(queue: Queue, service: Service, tenant: string): Promise<number> {
  await queue.pause();
  const waiting: Job[] = await queue.getJobs(['waiting', 'paused', 'delayed'], 0, -1, true);
  waiting.sort((one, other) => one.timestamp - other.timestamp || Number(one.id) - Number(other.id));
  for (const job of waiting) {
    const delay = Math.max(0, job.timestamp + (job.opts.delay ?? 0) - Date.now());
    const jobId = `${queue.name}/${job.id}`;
    await add(service, tenant, job.name, job.data, { jobId, ...(delay > 0 ? { delay } : {}) });
    await job.remove();
  }
  return waiting.length;
}
