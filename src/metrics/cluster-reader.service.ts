import { Injectable, Optional } from '@nestjs/common';
import { Settings } from '../config/settings';
import { ClusterGauges, USER_STATES } from '../events/cluster-gauges';
import { CONNECTION_STATES, DriverGauges } from '../events/driver-gauges';
import { PendingGauges } from '../events/pending-gauges';
import { SLOT_STATES, WorkerSlots } from '../events/worker-slots';
import { Readiness } from '../events/readiness';
import { inTime } from '../common/flow/in-time';
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
    private readonly settings: Settings,
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
    const { ready, storeSeconds, redisMemory, clockSkew } = this.metrics;
    ready.set({ role: this.settings.role }, (await this.readiness.isReady()) ? 1 : 0);
    storeSeconds.reset();
    for (const [store, seconds] of this.readiness.storeSeconds()) storeSeconds.set({ store }, seconds);
    redisMemory.reset();
    const { used, max } = this.readiness.redisMemory() ?? {};
    if (used !== undefined) redisMemory.set({ kind: 'used' }, used);
    if (max !== undefined) redisMemory.set({ kind: 'max' }, max);
    const skew = this.readiness.clockSkewSeconds();
    if (skew === undefined) clockSkew.remove();
    else clockSkew.set(skew);
  }

  /** A slow read takes only its own gauge away: an alert fires if `oldestRetrying` is missing. */
  private async refreshPending(): Promise<void> {
    const { pendingRequests, oldestRetrying, pendingCallbacks } = this.metrics;
    const readings = [
      [pendingRequests, this.pending?.pendingRequests()],
      [oldestRetrying, this.pending?.oldestRetryingSeconds()],
      [pendingCallbacks, this.pending?.pendingCallbacks()],
    ] as const;
    await Promise.all(
      readings.map(async ([gauge, reading]) => {
        const value = await known(reading);
        if (value === undefined) gauge.remove();
        else gauge.set(value);
      }),
    );
  }

  private async refreshCluster(): Promise<void> {
    const { pendingUsers, leasedUsers, users, oldestDue } = this.metrics;
    const reading = await known(this.cluster?.read());
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
const known = <T>(reading: Promise<T> | undefined): Promise<T | undefined> | undefined =>
  reading && inTime(reading, SECOND_MS).catch(() => undefined);
