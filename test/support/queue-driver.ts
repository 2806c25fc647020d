import { randomUUID } from 'node:crypto';
import type { Permit } from '../../src/queue/epochs/permit';
import { QueueControls } from '../../src/queue/queue-controls.service';
import type { SettleItem } from '../../src/queue/scripts/settle';
import { ShardScripts } from '../../src/queue/scripts/shard-scripts.service';
import type { HoldItem } from '../../src/queue/scripts/hold';
import type { QueueProcess } from './queue-fixture';

export const OPTIONS = {
  attempts: 5,
  backoff: { type: 'fixed', delay: 10, maxDelay: 10 },
  timeout: 1000,
} as const;
const LEASE_MS = 60_000;
/** Later than any server clock: every lease that has ended may be taken back. */
const NO_CUTOFF = { until: 9e15, steps: 0 };

/** One user's queue, driven call by call as the API and a worker do. */
export class QueueDriver {
  constructor(
    private readonly process: Pick<QueueProcess, 'queues' | 'get'>,
    readonly userId: string,
  ) {}

  static ofNewUser(process: Pick<QueueProcess, 'queues' | 'get'>): QueueDriver {
    return new QueueDriver(process, `user-${randomUUID()}`);
  }

  get scripts(): ShardScripts {
    return this.process.get(ShardScripts);
  }

  get controls(): QueueControls {
    return this.process.get(QueueControls);
  }

  async permitted<T>(act: (permit: Permit) => Promise<T>): Promise<T> {
    const permit = this.process.queues.permit(this.userId);
    try {
      return await act(permit);
    } finally {
      permit.release();
    }
  }

  /** The arguments of `hold` for a request. */
  item(requestId: string, more: Partial<HoldItem> = {}): HoldItem {
    const { userId } = this;
    const base = { userId, requestId, type: 'echo', lane: 'main', payload: '1', options: OPTIONS };
    return { ...base, runAt: undefined, maxDepth: 100, ...more };
  }

  hold(requestId: string, more: Partial<HoldItem> = {}) {
    return this.permitted((permit) => this.process.queues.hold(permit, this.item(requestId, more)));
  }

  confirm(requestId: string, seq: number, accepted = true) {
    const { userId } = this;
    return this.permitted((permit) =>
      this.process.queues.confirm(permit, { userId, requestId, seq, accepted }),
    );
  }

  /** Holds a place and confirms it. @returns the seq */
  async accept(requestId: string, more: Partial<HoldItem> = {}): Promise<number> {
    const held = await this.hold(requestId, more);
    if (held.outcome !== 'held') throw new Error('the queue is full');
    await this.confirm(requestId, held.seq);
    return held.seq;
  }

  /** Claims, and returns the job of this user. */
  async claim(name = 'w1', { lanes = 'main', leaseMs = LEASE_MS } = {}) {
    const { jobs } = await this.askFor(name, { lanes, leaseMs });
    return jobs.find((job) => job.userId === this.userId);
  }

  /** Claims, and returns the reply about all users. */
  askFor(name = 'w1', { lanes = 'main', leaseMs = LEASE_MS, n = 100 } = {}) {
    const item = { worker: { name, lanes }, n, leaseMs, cutoff: NO_CUTOFF };
    return this.permitted(({ shard, epoch }) => this.scripts.claim(shard, epoch, item));
  }

  settle(requestId: string, token: number, more: Partial<SettleItem> = {}, lanes = 'main') {
    const common = { userId: this.userId, requestId, token, op: 'done', want: 'nothing' } as const;
    const item = { ...common, attemptsMade: 0, notBefore: 0, ...more };
    return this.permitted(({ shard, epoch }) =>
      this.scripts.settle(shard, epoch, { name: 'w1', lanes }, LEASE_MS, item),
    );
  }
}
