import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';
import { Coalescer } from '../../common/flow/coalescer';
import { MINUTE_MS } from '../../common/time/units';
import { ApiKey } from './api-key.schema';

/** Exact enough to tell a key that is used from one that is not. */
const PRECISION_MS = MINUTE_MS;

/**
 * When keys were last used. A key in constant use is written once a minute, and keys that are used at the same time
 * in one call. Nobody waits for it, and one that is lost is made up for by the next use.
 */
@Injectable()
export class KeyUses {
  private readonly log = new EventLog(KeyUses.name);
  private readonly writes = new Coalescer<string, void>({
    maxBatch: 500,
    maxInFlight: 1,
    run: (ids) => this.write(ids),
  });

  constructor(
    @InjectModel(ApiKey.name) private readonly keys: Model<ApiKey>,
    private readonly clock: Clock,
  ) {}

  /** @param key as it was read for this use */
  note({ _id, lastUsedAt }: Pick<ApiKey, '_id' | 'lastUsedAt'>): void {
    if (lastUsedAt !== undefined && this.clock.wall() - lastUsedAt.getTime() < PRECISION_MS) return;
    this.writes
      .push(_id)
      .catch((cause: unknown) => this.log.write('step.failed', { step: 'note the use of a key', cause }));
  }

  private async write(ids: readonly string[]): Promise<void[]> {
    const lastUsedAt = new Date(this.clock.wall());
    await this.keys.updateMany({ _id: { $in: [...new Set(ids)] } }, { $max: { lastUsedAt } });
    return ids.map(() => undefined);
  }
}
