import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import { Connection } from 'mongoose';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';

/** Why shards were closed. lua/why_closed.lua explains each of the first five. */
export const CLOSED_CAUSES = ['lost', 'begun', 'raised', 'history', 'damaged', 'unknown'] as const;
export type ClosedCause = (typeof CLOSED_CAUSES)[number];

/** A rebuilt shard. */
export interface RebuiltShard {
  readonly shard: number;
  /** Number of restored requests. */
  readonly requests: number;
  /** Undefined at the first start on a new database: nothing was lost. */
  readonly cause: ClosedCause | undefined;
}

/** Shards that one process rebuilt together, for one cause. */
export interface RecoveryRecord {
  /** When they were open again, by the process's clock. */
  readonly at: Date;
  readonly shards: readonly number[];
  readonly requests: number;
  /** From when they were closed for everybody until they were open again. */
  readonly durationMs: number;
  readonly cause: ClosedCause;
}

/** Most recoveries that are kept. */
export const MOST_RECORDS = 50;

/** One document with the latest recoveries of the cluster. For people only: it decides nothing. */
@Injectable()
export class RecoveryRecords {
  private readonly log = new EventLog(RecoveryRecords.name);
  private readonly recoveries: Collection<{ _id: 'latest'; items: RecoveryRecord[] }>;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly clock: Clock,
  ) {
    this.recoveries = connection.collection('recoveries');
  }

  /** Records shards that were rebuilt together. Never fails: a recovery counts even if it was not recorded. */
  async add(rebuilt: readonly RebuiltShard[], durationMs: number): Promise<void> {
    const at = new Date(this.clock.wall());
    const records = CLOSED_CAUSES.flatMap((cause): RecoveryRecord[] => {
      const of = rebuilt.filter((each) => each.cause === cause);
      if (of.length === 0) return [];
      const requests = of.reduce((sum, each) => sum + each.requests, 0);
      return [{ at, shards: of.map(({ shard }) => shard), requests, durationMs, cause }];
    });
    if (records.length === 0) return;
    const items = { $each: records, $slice: -MOST_RECORDS };
    await this.recoveries
      .updateOne({ _id: 'latest' }, { $push: { items } }, { upsert: true })
      .catch((cause: unknown) => this.log.write('step.failed', { step: 'record a recovery', cause }));
  }

  /** Latest first. */
  async latest(): Promise<RecoveryRecord[]> {
    const document = await this.recoveries.findOne({ _id: 'latest' });
    return document?.items.toReversed() ?? [];
  }
}
