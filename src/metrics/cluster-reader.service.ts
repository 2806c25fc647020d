import { Injectable, Optional } from '@nestjs/common';
import { ClusterGauges, USER_STATES } from '../events/cluster-gauges';
import { CONNECTION_STATES, DriverGauges } from '../events/driver-gauges';
import { PendingGauges } from '../events/pending-gauges';
import { SLOT_STATES, WorkerSlots } from '../events/worker-slots';
import { Readiness } from '../events/readiness';
import { SECOND_MS } from '../common/time/units';
import { MetricsRegistry } from './metrics.registry';

/**
 * Reads at each scrape what no event reports: whether this process is ready, the state of its slots, and the
 * cluster-wide gauges. A value that cannot be read in time is omitted, never shown as 0.
 */
@Injectable()
export class ClusterReader {
  constructor(
    private readonly metrics: MetricsRegistry,
    @Optional() private readonly cluster?: ClusterGauges,
    @Optional() private readonly readiness?: Readiness,
    @Optional() private readonly slots?: WorkerSlots,
    @Optional() private readonly pending?: PendingGauges,
    @Optional() private readonly drivers?: DriverGauges,
  ) {}

  async refresh(): Promise<void> {
    const slots = this.slots?.read();
    if (slots) for (const state of SLOT_STATES) this.metrics.slots.set({ state }, slots[state]);
    this.refreshDrivers(); // before the scrape itself calls the stores
    await Promise.all([this.refreshReady(), this.refreshCluster(), this.refreshPending()]);
  }

  private refreshDrivers(): void {
    const reading = this.drivers?.read();
    if (!reading) return;
    const { mongodbConnections, redisUnanswered } = this.metrics;
    for (const state of CONNECTION_STATES) mongodbConnections.set({ state }, reading.mongodb[state]);
    redisUnanswered.set(reading.redisUnanswered);
  }

  private async refreshReady(): Promise<void> {
    if (!this.readiness) return;
    const { ready, storeSeconds } = this.metrics;
    ready.set((await this.readiness.isReady()) ? 1 : 0);
    storeSeconds.reset();
    for (const [store, seconds] of this.readiness.storeSeconds()) storeSeconds.set({ store }, seconds);
  }

  private async refreshPending(): Promise<void> {
    const { pendingRequests, oldestRetrying } = this.metrics;
    const reading = await inTime(this.pending?.read());
    if (reading === undefined) return [pendingRequests, oldestRetrying].forEach((gauge) => gauge.remove());
    pendingRequests.set(reading.pendingRequests);
    oldestRetrying.set(reading.oldestRetryingSeconds);
  }

  private async refreshCluster(): Promise<void> {
    const { pendingUsers, leasedUsers, users, oldestDue } = this.metrics;
    const reading = await inTime(this.cluster?.read());
    if (reading === undefined) {
      users.reset();
      return [pendingUsers, leasedUsers, oldestDue].forEach((gauge) => gauge.remove());
    }
    for (const state of USER_STATES) users.set({ state }, reading.usersByState[state]);
    pendingUsers.set(reading.pendingUsers);
    leasedUsers.set(reading.leasedUsers);
    oldestDue.set(reading.oldestDueSeconds);
  }
}

/** The value; undefined if it could not be read within a second. */
async function inTime<T>(reading: Promise<T> | undefined): Promise<T | undefined> {
  if (reading === undefined) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, SECOND_MS, undefined)));
  try {
    return await Promise.race([reading.catch(() => undefined), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
