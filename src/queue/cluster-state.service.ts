import { Injectable } from '@nestjs/common';
import { SECOND_MS } from '../common/time/units';
import { QueueSettings } from '../config/settings';
import { ClusterGauges, ClusterReading, OpenShards } from '../events/cluster-gauges';
import { ScriptName } from './scripts/script-runner';
import { ShardScripts } from './scripts/shard-scripts.service';
import { EpochView } from './epochs/epoch-view.service';

/** One shard at this moment. */
export interface ShardReading {
  readonly shard: number;
  readonly epoch: number;
  /** Users who wait for a worker, or for a time. */
  readonly waiting: number;
  readonly leased: number;
  /** How long the user who is due longest has been due, ms. */
  readonly dueForMs: number;
}

export const STUCK_REASONS = ['waits_for_worker', 'stopped', 'runs_long'] as const;

/** A user who waits. */
export interface StuckUser {
  readonly userId: string;
  /** Due, and no worker of the lane has come; paused or halted; running for long. */
  readonly reason: (typeof STUCK_REASONS)[number];
  readonly lane: string;
  /** ms since 1970: due, or running, since then. */
  readonly since: number | undefined;
  /** The one at the head. */
  readonly requestId: string | undefined;
}

/** What the whole cluster is doing, read from its shards when somebody asks. */
@Injectable()
export class ClusterState extends ClusterGauges {
  constructor(
    private readonly view: EpochView,
    private readonly scripts: ShardScripts,
    private readonly settings: QueueSettings,
  ) {
    super();
  }

  /** @throws ShardClosed, or an error of Redis: half a sum would be a lie */
  async read(): Promise<ClusterReading> {
    const shards = await Promise.all(this.shards.map((shard) => this.readShard(shard)));
    return {
      pendingUsers: shards.reduce((sum, { waiting }) => sum + waiting, 0),
      leasedUsers: shards.reduce((sum, { leased }) => sum + leased, 0),
      oldestDueSeconds: Math.max(...shards.map(({ dueForMs }) => dueForMs)) / SECOND_MS,
    };
  }

  /** Found as an accept finds it: by the view that permits are given under, and by the gate of each shard. */
  async openShards(): Promise<OpenShards> {
    const looks = await Promise.allSettled(this.shards.map((shard) => this.call('probe', shard)));
    const isBlind = !this.view.isValid();
    const open = isBlind ? 0 : looks.filter(({ status }) => status === 'fulfilled').length;
    return { isBlind, open, of: looks.length };
  }

  get shards(): number[] {
    return Array.from({ length: this.settings.shards }, (_, shard) => shard);
  }

  epochOf(shard: number): number {
    return this.view.epochOf(shard) ?? 0;
  }

  /** @throws ShardClosed, or an error of Redis */
  async readShard(shard: number): Promise<ShardReading> {
    const [now, waiting, leased, due] = (await this.call('probe', shard)) as [string, number, number, string];
    const dueForMs = due === '' ? 0 : Number(now) - Number(due);
    return { shard, epoch: this.epochOf(shard), waiting, leased, dueForMs };
  }

  /** The workers that serve users of a shard now, and how many. @throws as above */
  async servingOf(shard: number): Promise<ReadonlyMap<string, number>> {
    const flat = (await this.call('serving', shard)) as string[];
    const pairs = Array.from(
      { length: flat.length / 2 },
      (_, i) => [flat[2 * i]!, Number(flat[2 * i + 1])] as const,
    );
    return new Map(pairs);
  }

  /**
   * Users of a shard who have waited, or whose request has been running, for longer than this, and those who are
   * stopped. @param most for each reason @throws as above
   */
  async stuckOf(shard: number, longerThanMs: number, most: number): Promise<StuckUser[]> {
    const flat = (await this.call('stuck', shard, [longerThanMs, most])) as string[];
    return Array.from({ length: flat.length / 5 }, (_, i) => {
      const [userId = '', reason, lane = '', since = '', requestId = ''] = flat.slice(5 * i, 5 * i + 5);
      return {
        userId,
        reason: reason as StuckUser['reason'],
        lane,
        since: since === '' ? undefined : Number(since),
        requestId: requestId === '' ? undefined : requestId,
      };
    });
  }

  private call(name: ScriptName, shard: number, args: readonly number[] = []): Promise<unknown> {
    return this.scripts.call(name, shard, this.epochOf(shard), args);
  }
}
