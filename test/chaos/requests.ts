import { pickWeighted } from '../support/seeded';
import { EXTERNAL_TYPE } from './external-worker';
import type { Made, ChaosUser } from './user';

/** A kind of request: the target's answers to its calls in order, and the duration of each. */
interface Kind {
  readonly weight: number;
  readonly answers: readonly number[];
  readonly maxAttempts?: number;
  /** In leases. */
  readonly work?: number;
}

const KINDS: readonly Kind[] = [
  { weight: 60, answers: [200] },
  { weight: 10, answers: [503, 200] },
  { weight: 5, answers: [503, 503, 200] },
  { weight: 4, answers: [422, 200] }, // fails, and succeeds once it is retried
  { weight: 3, answers: [422] },
  { weight: 3, answers: [503], maxAttempts: 2 },
  { weight: 4, answers: [200], work: 0.7 },
  { weight: 2, answers: [503, 200], work: 1.5 },
  { weight: 1, answers: [200], work: 4 }, // longer than a view
];

/** The share of requests for the external workers, and the share of these that take up to twice a lease. */
const [EXTERNAL, LONG] = [0.25, 0.4] as const;

/** A request of a random kind. @param lease ms */
export function anyRequest(user: ChaosUser, lease: number, kinds = KINDS): Made {
  const { random } = user;
  const isExternal = random() < EXTERNAL;
  const { answers, maxAttempts = 5, work } = pickWeighted(random, kinds);
  const isLong = isExternal && random() < LONG; // so that leases are extended
  const factor = work ?? (isLong ? 2 * random() : undefined);
  const workMs = factor === undefined ? random() * 30 : factor * lease * (1 + random() / 3);
  const plan = { user: user.name, name: user.newName(), maxAttempts, answers, workMs: Math.round(workMs) };
  return {
    plan,
    body: {
      ...(isExternal
        ? { type: EXTERNAL_TYPE, payload: plan }
        : { type: 'http', payload: { url: user.targetUrl, body: plan } }),
      maxAttempts,
      backoff: { type: 'fixed', delayMs: 20 + Math.round(random() * 200) },
    },
  };
}

const FAILING: readonly Kind[] = [{ weight: 1, answers: [422], work: 0.5 }];
const SLOW: readonly Kind[] = [{ weight: 1, answers: [200], work: 0.7 }];

/** A request that takes a while and fails, and one that is slow and succeeds: requests sent with it wait meanwhile. */
export const failingRequest = (user: ChaosUser, lease: number): Made => anyRequest(user, lease, FAILING);
export const slowRequest = (user: ChaosUser, lease: number): Made => anyRequest(user, lease, SLOW);

/** One that must be refused. */
export function wrongRequest(user: ChaosUser, lease: number): Made {
  const { plan, body } = anyRequest(user, lease);
  return { plan, body: { ...body, type: 'http', payload: { url: 'no address', body: plan } } };
}
