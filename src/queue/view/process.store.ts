import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import { Connection } from 'mongoose';
import { v7 as uuid } from 'uuid';
import { MINUTE_MS, SECOND_MS } from '../../common/time';
import { Settings } from '../../config/settings';
import type { Slots } from '../../events/worker-slots';

/** One running process, written before each of its reads of the view: whoever has a view of an epoch is listed. */
export interface ProcessDocument {
  /** Fresh at every start, so that no process acknowledges for a frozen predecessor of the same name. */
  readonly _id: string;
  readonly host: string;
  readonly role: string;
  readonly startedAt: Date;
  /** By MongoDB's clock. */
  readonly heartbeatAt: Date;
  /** By shard: the epoch that this process has seen, with nothing of an older one left in it. */
  readonly acknowledged: Readonly<Record<string, number>>;
  /** The highest seq that the process has seen, us. */
  readonly clock: number;
  /** What the slots of its worker did at the heartbeat; absent if it runs no requests. */
  readonly slots?: Slots;
}

/** The name of the worker of a process. */
export const workerOf = (processId: string, host: string): string =>
  `${host.replace(/[^A-Za-z0-9._-]/g, '-')}-${processId.slice(-12)}`;

/** For when nobody is left to take the silent off. Longer than any view may last, by far: VIEW_MS is 5 minutes at most. (P1) */
const EXPIRES_AFTER_SECONDS = (10 * MINUTE_MS) / SECOND_MS;

@Injectable()
export class ProcessStore {
  /** This process's id. */
  readonly id = uuid();
  /** The name of its worker: fresh at every start, and shown with each attempt. */
  readonly worker = workerOf(this.id, hostname());
  private readonly startedAt = new Date();
  private readonly processes: Collection<ProcessDocument>;
  private slots: () => Slots | undefined = () => undefined;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly settings: Settings,
  ) {
    this.processes = connection.collection<ProcessDocument>('processes');
  }

  async ensure(): Promise<void> {
    await this.processes.createIndex({ heartbeatAt: 1 }, { expireAfterSeconds: EXPIRES_AFTER_SECONDS });
  }

  /** Each heartbeat shows these from now on. */
  showSlots(read: () => Slots): void {
    this.slots = read;
  }

  /** Writes this process's heartbeat and what it acknowledges. */
  async beat(acknowledged: Readonly<Record<string, number>>, clock: number): Promise<void> {
    const slots = this.slots();
    await this.processes.updateOne(
      { _id: this.id },
      {
        $set: {
          host: hostname(),
          role: this.settings.role,
          startedAt: this.startedAt,
          acknowledged,
          clock,
          ...(slots && { slots }),
        },
        $currentDate: { heartbeatAt: true },
      },
      { upsert: true },
    );
  }

  /** Every process that may have a view, this one included. */
  async list(): Promise<ProcessDocument[]> {
    return this.processes.find({}, { readConcern: { level: 'majority' } }).toArray();
  }

  /** Removes a process, unless it has stirred since `heartbeatAt`. */
  async remove(id: string, heartbeatAt: Date): Promise<void> {
    await this.processes.deleteOne({ _id: id, heartbeatAt });
  }

  /** Takes this process off the list. Only when nothing is left in it. */
  async leave(): Promise<void> {
    await this.processes.deleteOne({ _id: this.id });
  }
}
