import type { Job, JobOptions, Queue } from 'bull';
import { createTurnwise } from '@turnwise/client';

/** The URL of Turnwise, and a key with the scope `act-as`. */
export interface Service {
  readonly url: string;
  readonly key: string;
}

/** The options of a job that have a counterpart. */
export interface Options {
  readonly jobId?: string;
  readonly attempts?: number;
  readonly backoff?: { readonly type: 'fixed' | 'exponential'; readonly delay: number } | undefined;
  readonly delay?: number;
  /** Instead of `delay`: when the job is due. */
  readonly runAt?: string | undefined;
}

/** The type of a job: `sendInvoice` becomes `send-invoice`, because a type has 1 to 64 of `a-z 0-9 . _ -`. */
const typeOf = (name: string) =>
  name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-');

/** The most that Turnwise takes of what Bull does not bound. */
const MOST_ATTEMPTS = 100;
const LONGEST_BACKOFF_MS = 24 * 3_600_000;

/**
 * Instead of `queueOf(tenant).add(name, data, options)`.
 * @returns the request's id
 * @throws Error with the code and the detail of the refusal
 */
export async function add(
  service: Service,
  tenant: string,
  name: string,
  data: unknown,
  options: Options = {},
) {
  const turnwise = createTurnwise({ url: service.url, credential: service.key, customer: tenant });
  const { jobId, attempts, backoff, delay, runAt } = options;
  const { data: accepted, error } = await turnwise.POST('/enqueue', {
    params: { header: jobId === undefined ? {} : { 'Idempotency-Key': jobId } },
    body: {
      type: typeOf(name),
      payload: data,
      ...(attempts === undefined ? {} : { maxAttempts: Math.min(attempts, MOST_ATTEMPTS) }),
      ...(backoff === undefined
        ? {}
        : { backoff: { type: backoff.type, delayMs: Math.min(backoff.delay, LONGEST_BACKOFF_MS) } }),
      ...(delay === undefined ? {} : { delayMs: delay }),
      ...(runAt === undefined ? {} : { runAt }),
    },
  });
  if (accepted === undefined) throw new Error(`${error.code}: ${error.detail}`);
  return accepted.id;
}

/**
 * Moves the waiting jobs of a tenant's queue, in their order. Stop the old workers first: running jobs are not moved. If it
 * fails, run it again: each job has its own Idempotency-Key, so no job is accepted twice while its request is kept.
 * @returns how many jobs were moved
 */
export async function move(queue: Queue, service: Service, tenant: string): Promise<number> {
  await queue.pause();
  const waiting: Job[] = await queue.getJobs(['waiting', 'paused', 'delayed'], 0, -1, true);
  waiting.sort((one, other) => one.timestamp - other.timestamp || Number(one.id) - Number(other.id));
  for (const job of waiting) {
    const { attempts = 1, delay = 0 } = job.opts;
    await add(service, tenant, job.name, job.data, {
      jobId: `${queue.name}/${job.id}`,
      attempts: Math.max(1, attempts - job.attemptsMade),
      backoff: backoffOf(job.opts),
      // A time, not a delay: another run must send the same body.
      runAt: delay > 0 ? new Date(job.timestamp + delay).toISOString() : undefined,
    });
    await job.remove();
  }
  return waiting.length;
}

/** A custom strategy has no counterpart. */
function backoffOf({ backoff }: JobOptions): Options['backoff'] {
  if (typeof backoff !== 'object') return undefined;
  const { type, delay = 0 } = backoff;
  return type === 'fixed' || type === 'exponential' ? { type, delay } : undefined;
}
