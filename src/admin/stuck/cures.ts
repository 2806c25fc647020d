import type { CureDto, StuckReason } from './stuck.dto';

/** The facts that identify a reason. */
export interface Trouble {
  readonly userId: string;
  readonly requestId: string | null;
  readonly lane: string | null;
}

/** The lane of a type that external workers serve. */
const EXTERNAL = /^x\./;

const call = (
  method: 'POST' | 'PUT',
  path: string,
  text: string,
  body?: Record<string, unknown>,
): CureDto => ({
  text,
  method,
  path,
  ...(body === undefined ? {} : { body }),
});
const byHand = (text: string): CureDto => ({ text, method: null, path: null });

const resume = ({ userId }: Trouble): CureDto[] => [
  call('POST', `/admin/users/${userId}/queue/resume`, 'Resume the queue.'),
];

const aboutRequest = ({ userId, requestId }: Trouble, action: string, text: string): CureDto[] =>
  requestId === null ? [] : [call('POST', `/admin/users/${userId}/requests/${requestId}/${action}`, text)];

const startWorker = ({ lane }: Trouble): CureDto[] => [
  byHand(
    lane !== null && EXTERNAL.test(lane)
      ? `Start an external worker that claims the type ${lane.slice(2)} (POST /work/claim).`
      : `Start a process with ROLE=worker or all that serves the lane ${lane ?? 'main'} (WORKER_LANES).`,
  ),
];

interface Explanation {
  readonly why: (trouble: Trouble) => string;
  readonly cures: (trouble: Trouble) => CureDto[];
}

/** Each reason in words, and what cures it. */
export const EXPLANATIONS: Readonly<Record<StuckReason, Explanation>> = {
  paused: { why: () => 'The user has paused the queue.', cures: resume },
  paused_by_admin: { why: () => 'An admin has paused the queue.', cures: resume },
  halted: {
    why: () => 'A failed request halts the queue until it is retried or dismissed.',
    cures: (trouble) => [
      ...aboutRequest(trouble, 'dismiss', 'Dismiss the failed request: the next one runs.'),
      ...aboutRequest(trouble, 'retry', 'Retry the failed request: it runs before the next one.'),
    ],
  },
  retrying: {
    why: () => 'The head fails again and again, and nothing overtakes it.',
    cures: (trouble) => [
      ...aboutRequest(trouble, 'cancel', 'Cancel the request: the next one runs.'),
      byHand('Repair what the request calls, so that its next attempt succeeds.'),
      ...aboutRequest(
        trouble,
        'retry',
        'Once it is repaired, retry the request: it does not wait any longer.',
      ),
    ],
  },
  runs_long: {
    why: () => 'The head has been running for a long time.',
    cures: (trouble) =>
      aboutRequest(
        trouble,
        'cancel',
        'Cancel the request: its handler is told to stop, then the next request runs.',
      ),
  },
  worker_lost: {
    why: () => 'The worker that ran the head is gone, and no other worker has taken it back.',
    cures: startWorker,
  },
  no_worker: {
    why: ({ lane }) => `The head is due, and no worker serves the lane ${lane ?? 'main'}.`,
    cures: startWorker,
  },
  workers_busy: {
    why: ({ lane }) => `The head is due, and all workers of the lane ${lane ?? 'main'} serve others.`,
    cures: () => [byHand('Add workers, or raise WORKER_CONCURRENCY.')],
  },
  limited: {
    why: () => "The user's rate limit holds the head.",
    cures: ({ userId }) => [
      call('PUT', `/admin/users/${userId}/limits`, "Lift the user's rate limit.", { rate: null }),
    ],
  },
  shard_closed: {
    why: () => 'The shard is closed: it is being rebuilt from MongoDB, or Redis is away.',
    cures: () => [
      byHand('See that Redis and MongoDB answer (GET /health/ready): the shard is rebuilt by itself.'),
    ],
  },
};
