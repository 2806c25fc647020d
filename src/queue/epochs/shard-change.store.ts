import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import { Connection } from 'mongoose';
import { v7 as uuid } from 'uuid';
import { MINUTE_MS } from '../../common/time/units';
import type { StoredEpochDocument } from './epoch-document';

/**
 * A change belongs to its command alone for this long after its last step, ms. Then another command may take it over.
 */
const RESERVED_MS = MINUTE_MS;

/**
 * The change of the number of shards, stored in the view from its first step to its last. Meanwhile no process serves:
 * one that starts or reads the view ends (mustHaveShards). It survives its command, so an interrupted change must be
 * finished before anything is served. (P1, P2)
 */
@Injectable()
export class ShardChangeStore {
  private readonly by = uuid();
  private readonly view: Collection<StoredEpochDocument>;

  constructor(@InjectConnection() connection: Connection) {
    this.view = connection.collection<StoredEpochDocument>('view');
  }

  /** Begins a change, or takes over one whose command is gone. @returns false while another command is running */
  async begin(to: number): Promise<boolean> {
    const until = { $ifNull: ['$shardChange.until', new Date(0)] };
    const shardChange = { to, by: this.by, until: { $add: ['$$NOW', RESERVED_MS] } };
    const { matchedCount } = await this.view.updateOne(
      { _id: 'view', shardCount: { $exists: true }, $expr: { $lt: [until, '$$NOW'] } },
      [{ $set: { shardChange } }],
    );
    return matchedCount === 1;
  }

  /** Call it before each step. @throws when another command has taken the change over */
  async extend(): Promise<void> {
    const { matchedCount } = await this.view.updateOne({ _id: 'view', 'shardChange.by': this.by }, [
      { $set: { 'shardChange.until': { $add: ['$$NOW', RESERVED_MS] } } },
    ]);
    if (matchedCount === 0) throw takenOver();
  }

  /**
   * Puts the new number in force and lets processes serve: each finds its shards closed, and rebuilds them.
   * @param epoch of every shard, above all earlier ones: users move to other shards, and their tokens must grow (P1)
   */
  async end(to: number, epoch: number): Promise<void> {
    const shardEpochs = Object.fromEntries(Array.from({ length: to }, (_, shard) => [shard, epoch]));
    const { matchedCount } = await this.view.updateOne(
      { _id: 'view', 'shardChange.by': this.by },
      {
        $set: { shardCount: to, shardEpochs, recoverUntil: {}, recovery: {} },
        $unset: { shardChange: '' },
      },
    );
    if (matchedCount === 0) throw takenOver();
  }
}

const takenOver = () => new Error('another command has taken over the change of the number of shards');
