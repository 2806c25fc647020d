import { Injectable } from '@nestjs/common';
import { EventLog } from '../common/log/event-log';
import { BullReader } from './bull-reader.service';
import { ShardScripts } from './scripts/shard-scripts.service';
import { availably } from './shard-unavailable';
import { EpochView } from './epochs/epoch-view.service';
import { permitted } from './epochs/permit';

/** An event as a listener knows it. */
export interface UserEvent {
  /** Grows: `<ms>-<n>`. */
  readonly id: string;
  readonly type: string;
  /** Undefined for an event of the whole queue. */
  readonly requestId: string | undefined;
  /** Further details. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** A change that a listener gets at once. */
export interface Heard {
  /** Events may have been missed: the listener must read the state again. */
  readonly reset: boolean;
  /** The last event there is. */
  readonly lastId: string;
  readonly events: readonly UserEvent[];
}

/** How long a mark lasts without renewal, ms: events are kept that long for a listener that reconnects. */
const MARK_MS = 300_000;

/**
 * The events of users who have a listener. The scripts write most of them, in the same step as the transition. For
 * users without a listener nothing is written. (P4)
 */
@Injectable()
export class UserEvents {
  private readonly log = new EventLog(UserEvents.name);

  constructor(
    private readonly view: EpochView,
    private readonly bullReader: BullReader,
    private readonly scripts: ShardScripts,
  ) {}

  /**
   * Keeps a mark on the user, and reads the events after a given one.
   * @param after id of the last known event; undefined to start with the next one
   * @throws ShardUnavailable
   */
  async listen(userId: string, after: string | undefined): Promise<Heard> {
    const shard = this.bullReader.shardOf(userId);
    return permitted(this.view.permit(shard), async (permit) => {
      const args = [userId, MARK_MS, after ?? ''];
      const reply = await availably(this.scripts.call('listen', shard, permit.epoch, args));
      const [known, lastId, entries] = reply as [number, string, [string, string[]][]];
      return { reset: known === 0, lastId, events: entries.map(([id, fields]) => eventOf(id, fields)) };
    });
  }

  /** Emits an event that no script emits. A lost one does no harm: listeners get the end in any case. */
  async tell(userId: string, type: string, requestId: string, data?: object): Promise<void> {
    const shard = this.bullReader.shardOf(userId);
    const epoch = this.view.epochOf(shard);
    if (epoch === undefined) return;
    const more = data === undefined ? '' : JSON.stringify(data);
    await this.scripts
      .call('emit', shard, epoch, [userId, type, requestId, more])
      .catch((cause: unknown) =>
        this.log.write('step.failed', { step: 'publish an event', requestId, userId, cause }),
      );
  }
}

function eventOf(id: string, fields: readonly string[]): UserEvent {
  const field = (name: string) => fields[fields.indexOf(name) + 1] ?? '';
  const [type, requestId, data] = [field('type'), field('id'), field('data')];
  return {
    id,
    type,
    requestId: requestId === '' ? undefined : requestId,
    data: data === '' ? {} : (JSON.parse(data) as Record<string, unknown>),
  };
}
