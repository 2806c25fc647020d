import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { FieldsOf } from '../../common/log/catalogue';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';
import { Coalescer } from '../../common/flow/coalescer';
import { MINUTE_MS } from '../../common/time/units';
import { ApiKey } from './api-key.schema';

/** Precise enough to tell a used key from an unused one. */
const PRECISION_MS = MINUTE_MS;

/**
 * Records when keys were last used: once a minute for a key in constant use, and in one write for keys used at the same
 * time. No call waits for the write; the next use makes up for a lost one.
 */
@Injectable()
export class KeyUses {
  private readonly log = new EventLog(KeyUses.name);
  /** Keys without a recorded use, until their first use is written. */
  private readonly unused = new Map<string, FieldsOf<'key.first_used'>>();
  private readonly writes = new Coalescer<string, void>({
    maxBatch: 500,
    maxInFlight: 1,
    run: (ids) => this.write(ids),
  });

  constructor(
    @InjectModel(ApiKey.name) private readonly keys: Model<ApiKey>,
    private readonly clock: Clock,
  ) {}

  /**
   * @param key as it was read for this use
   * @param address of the client
   */
  note({ _id, userId, lastUsedAt }: Pick<ApiKey, '_id' | 'userId' | 'lastUsedAt'>, address: string): void {
    if (lastUsedAt === undefined) this.unused.set(_id, { userId, credentialId: _id, address });
    else if (this.clock.wall() - lastUsedAt.getTime() < PRECISION_MS) return;
    this.writes
      .push(_id)
      .catch((cause: unknown) => this.log.write('step.failed', { step: 'note the use of a key', cause }));
  }

  private async write(ids: readonly string[]): Promise<void[]> {
    const lastUsedAt = new Date(this.clock.wall());
    for (const id of ids) await this.sayIfFirst(id, lastUsedAt);
    await this.keys.updateMany({ _id: { $in: [...new Set(ids)] } }, { $max: { lastUsedAt } });
    return ids.map(() => undefined);
  }

  /** Logs the first use, only in the process that wrote it. */
  private async sayIfFirst(_id: string, lastUsedAt: Date): Promise<void> {
    const use = this.unused.get(_id);
    if (use === undefined) return;
    this.unused.delete(_id);
    const filter = { _id, lastUsedAt: { $exists: false } };
    const { modifiedCount } = await this.keys.updateOne(filter, { $set: { lastUsedAt } });
    if (modifiedCount === 1) this.log.write('key.first_used', use);
  }
}
