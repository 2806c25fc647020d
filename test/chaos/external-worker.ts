import { setTimeout as delay } from 'node:timers/promises';
import type { Claimed } from '../support/external-worker';
import type { Calls, OpenCall, Plan } from './calls';
import type { Answer, HonestClient } from './honest-client';

export const EXTERNAL_TYPE = 'chaos-work';

/** The most attempts at once, and the most requests of a claim. */
const [ROOM, MOST_CLAIMED] = [8, 4] as const;
/** How long a claim waits, ms. */
const WAIT_MS = 1500;
/** The share of attempts whose worker dies, and the share of those that report an outcome after their lease. */
const [DIES, TELLS_LATE] = [0.08, 0.4] as const;

/** The lease in an answer. */
interface Lease {
  readonly leaseUntil: string;
  readonly leaseMs?: number;
}

interface Attempt {
  readonly claimed: Claimed & Lease & { readonly request: { readonly timeoutMs: number } };
  readonly call: OpenCall;
  readonly plan: Plan;
  /** When its time limit ends. */
  readonly limit: number;
  /** When its lease ends: the latest end that it was told, by the worker's monotonic clock. */
  until: number;
}

/**
 * An external worker as docs/workers.md requires: it stops when its lease has ended, and repeats calls without an answer.
 * Sometimes it dies instead. Its attempts are calls of the run, like those to the target.
 */
export class ExternalWorker {
  private open = 0;

  /** @param leases the shortest and the longest that it requests, ms */
  constructor(
    private readonly client: HonestClient,
    private readonly calls: Calls,
    private readonly leases: readonly [number, number],
  ) {}

  async work(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const leaseMs = this.anyLease();
      const max = Math.min(ROOM - this.open, MOST_CLAIMED);
      const ask = { types: [EXTERNAL_TYPE], max, leaseMs, waitMs: WAIT_MS };
      const answer = max > 0 ? await this.client.call('POST', '/work/claim', ask) : undefined;
      if (answer?.status === 200)
        for (const claimed of answer.body['items'] as Attempt['claimed'][])
          void this.attempt(claimed, leaseMs, answer.from);
      else await delay(50);
    }
  }

  private async attempt(claimed: Attempt['claimed'], leaseMs: number, from: string): Promise<void> {
    const { request, attempt: n, fencingToken: token } = claimed;
    const plan = request.payload as Plan;
    const wasFrozen = this.calls.isFrozen(from);
    const head = { id: request.id, seq: request.seq, attempt: n, token, port: 0, wasFrozen };
    const call = this.calls.begin(plan, head);
    if (call.isLate) return this.calls.end(call, 409);
    const limit = call.startedAt + request.timeoutMs;
    const until = Math.min(call.startedAt + lengthOf(claimed, leaseMs), limit);
    this.open += 1;
    await this.run({ claimed, call, plan, limit, until });
    this.open -= 1;
  }

  private async run(attempt: Attempt): Promise<void> {
    const { call, plan } = attempt;
    const status = this.calls.nextAnswer(plan, call);
    const doneAt = call.startedAt + plan.workMs;
    const diesAt =
      this.client.random() < DIES ? call.startedAt + this.client.random() * plan.workMs : Infinity;
    for (let now = call.startedAt; now < doneAt; now = performance.now()) {
      const third = Math.max(attempt.until - now, 0) / 3;
      await delay(Math.min(doneAt - now, third, Math.max(diesAt - now, 0)));
      if (performance.now() >= diesAt) return this.die(attempt, status);
      if (this.isOver(attempt)) return this.calls.end(call, undefined, attempt.until);
      if (performance.now() < doneAt && !(await this.extend(attempt))) break;
    }
    if (this.isOver(attempt)) return this.calls.end(call, undefined, attempt.until);
    this.calls.end(call, status);
    await this.tell(attempt, status);
  }

  /** @returns whether to continue */
  private async extend(attempt: Attempt): Promise<boolean> {
    const { claimed, limit } = attempt;
    const leaseMs = this.anyLease(); // often shorter than what is left
    const sentAt = performance.now();
    const body = { fencingToken: claimed.fencingToken, leaseMs };
    const answer = await this.client.call('POST', `/work/${claimed.request.id}/extend`, body);
    if (answer?.status === 200) {
      const until = sentAt + lengthOf(answer.body as unknown as Lease, leaseMs);
      attempt.until = Math.min(Math.max(attempt.until, until), limit);
    }
    return answer?.status !== 409 && answer?.body['cancelRequested'] !== true;
  }

  /** Stops working, as if its process had died. Some report an outcome, which is too late. */
  private async die(attempt: Attempt, status: number): Promise<void> {
    const { call, until } = attempt;
    this.calls.end(call, undefined, Math.min(performance.now(), until));
    if (this.client.random() >= TELLS_LATE) return;
    await delay(until - call.endedAt + this.client.random() * this.leases[1]);
    await this.tell(attempt, status);
  }

  /** Reports the outcome until it is known how the attempt has ended. */
  private async tell({ claimed, call }: Attempt, status: number): Promise<void> {
    const path = `/work/${claimed.request.id}`;
    const { fencingToken } = claimed;
    const send = (): Promise<Answer | undefined> =>
      status < 300
        ? this.client.call('POST', `${path}/complete`, { fencingToken, result: call.name })
        : this.client.call('POST', `${path}/fail`, {
            ...{ fencingToken, error: `it is ${status}`, retryable: status >= 500 },
          });
    for (let answer = await send(); ; answer = await send()) {
      if (answer?.status === 200) {
        call.status = status;
        call.told = String(answer.body['status']);
        call.toldAt = performance.now();
      }
      if ((answer && answer.status < 500) || this.client.isTooLate()) return;
      await delay(50 + this.client.random() * 100);
    }
  }

  private isOver({ until }: Attempt): boolean {
    return performance.now() >= until;
  }

  private anyLease(): number {
    const [least, most] = this.leases;
    return Math.round(least + this.client.random() * (most - least));
  }
}

/** Duration of a lease, ms, as the answer says; it may differ from what was requested. Older versions answer with a date only. */
const lengthOf = ({ leaseUntil, leaseMs }: Lease, asked: number): number =>
  leaseMs ?? Math.min(asked, Date.parse(leaseUntil) - Date.now());
