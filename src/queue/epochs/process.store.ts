import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import { Connection } from 'mongoose';
import { v7 as uuid } from 'uuid';
import type { Durations } from '../../config/durations';
import { Settings } from '../../config/settings';
import { fingerprintOf } from '../../config/fingerprint';
import type { Slots } from '../../events/worker-slots';
import { Layouts } from './layouts';

/**
 * A running process, as it is stored. Written before each read of the view, so every process that has a view is listed.
 */
export interface ProcessDocument {
  /** New at every start, so that no process acknowledges for a frozen predecessor of the same name. */
  readonly _id: string;
  readonly host: string;
  readonly role: string;
  readonly startedAt: Date;
  /**
   * The latest heartbeat, by MongoDB's clock. Only whether it changes shows that the process lives (ProcessWatch).
   */
  readonly beatAt?: Date;
  /** What 0.1.0 writes instead, with a TTL index that would remove live processes when MongoDB's clock jumps. */
  readonly heartbeatAt?: Date;
  /** By shard: the epoch that this process has seen, once no work of an older one is left in it. */
  readonly acknowledged: Readonly<Record<string, number>>;
  /** The highest seq that the process has seen, us. */
  readonly clock: number;
  /** The states of its worker's slots at the heartbeat; absent if it runs no requests. */
  readonly slots?: Slots;
  /** Its settings; 0.1.0 lists none. */
  readonly durations?: Durations;
  /** Fingerprints of the secrets in its JWT_SECRET, first that of the one that signs; 0.1.0 lists none. */
  readonly secrets?: readonly string[];
  /** The layouts of Redis that it can work in; 0.1.0 lists none. */
  readonly layouts?: Layouts;
}

/** A running process, as others see it. */
export interface ListedProcess extends Omit<ProcessDocument, 'beatAt'> {
  /** The latest sign of life, by MongoDB's clock. */
  readonly heartbeatAt: Date;
  readonly durations: Durations;
  readonly layouts: Layouts;
}

/** The name of the worker of a process. */
export const workerOf = (processId: string, host: string): string =>
  `${host.replace(/[^A-Za-z0-9._-]/g, '-')}-${processId.slice(-12)}`;

/** The layouts that 0.1.0 can work in. */
const FIRST_LAYOUT: Layouts = { min: 1, max: 1 };

@Injectable()
export class ProcessStore {
  /** This process's id. */
  readonly id = uuid();
  /** The name of its worker: new at every start, and shown with each attempt. */
  readonly worker = workerOf(this.id, hostname());
  private readonly startedAt = new Date();
  private readonly processes: Collection<ProcessDocument>;
  /** See ProcessDocument. */
  readonly secrets: readonly string[];
  private slots: () => Slots | undefined = () => undefined;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly settings: Settings,
    private readonly layouts: Layouts,
  ) {
    this.secrets = settings.auth.jwtSecrets.map(fingerprintOf);
    this.processes = connection.collection<ProcessDocument>('processes');
  }

  /** Each heartbeat shows these values from now on. */
  showSlots(read: () => Slots): void {
    this.slots = read;
  }

  /** Writes this process's heartbeat, acknowledgements and description. */
  async beat(acknowledged: Readonly<Record<string, number>>, clock: number): Promise<void> {
    const { role } = this.settings;
    const { min, max } = this.layouts;
    const slots = this.slots();
    const what = { host: hostname(), role, startedAt: this.startedAt, layouts: { min, max } };
    await this.processes.updateOne(
      { _id: this.id },
      {
        $set: {
          ...what,
          durations: this.durations,
          secrets: this.secrets,
          acknowledged,
          clock,
          ...(slots && { slots }),
        },
        $currentDate: { beatAt: true },
      },
      { upsert: true },
    );
  }

  /** Every process that may have a view, this one included. */
  async list(): Promise<ListedProcess[]> {
    const documents = await this.processes.find({}, { readConcern: { level: 'majority' } }).toArray();
    return documents.map(({ beatAt, heartbeatAt, ...document }) => ({
      durations: this.durations, // those of 0.1.0, which requires the same on all processes
      layouts: FIRST_LAYOUT,
      ...document,
      heartbeatAt: beatAt ?? heartbeatAt ?? new Date(0),
    }));
  }

  /** Removes a process, unless it has shown a sign of life since then. */
  async remove({ _id, heartbeatAt }: ListedProcess): Promise<void> {
    await this.processes.deleteOne({ _id, $or: [{ beatAt: heartbeatAt }, { heartbeatAt }] });
  }

  /** Takes this process off the list. Only when no work is left in it. */
  async leave(): Promise<void> {
    await this.processes.deleteOne({ _id: this.id });
  }

  private get durations(): Durations {
    const { leaseMs, viewMs, holdMs } = this.settings.queue;
    return { leaseMs, viewMs, holdMs };
  }
}
