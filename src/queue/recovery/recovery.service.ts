import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { BeforeApplicationShutdown, Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';
import { SECOND_MS } from '../../common/time/units';
import { QueueSettings } from '../../config/settings';
import { EventBus } from '../../events/event-bus';
import { ScriptRunner, ShardClosed } from '../scripts/script-runner';
import { EpochView } from '../epochs/epoch-view.service';
import { EpochStore } from '../epochs/epoch.store';
import { Acknowledgements } from './acknowledgements';
import { ForeignRedis, RedisOwner } from './foreign-redis';
import { Rebuild } from './rebuild.service';
import { CLOSED_CAUSES, ClosedCause, RebuiltShard, RecoveryRecords } from './recovery-records.service';
import { Reservation } from './reservation';
import { ReservationWatch } from './reservation-watch';
import { allShards } from '../keys';

/** Most shards that one process rebuilds at once. */
const AT_ONCE = 4;
/** Pause before checking closed shards again that another process has reserved. */
const LOOK_AGAIN_MS = 250;

/**
 * Rebuilds shards whose history in Redis is not the one that was opened: flushed, restarted, failed over. There is no
 * such thing as a harmless restart.
 *
 *     open -CLOSED seen-> raise (one write, all closed shards) -> wait for all to acknowledge -> begin, restore, open
 *                             |  another process has raised it: look again until it is open
 *
 * A failure in between releases the shard, and the next look raises it once more. (P3)
 */
@Injectable()
export class RecoveryService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new EventLog(RecoveryService.name);
  private running: Promise<void> | undefined;
  private readonly stop = new AbortController();
  private rebuilding = 0;
  private said = '';
  /** How long a raised shard belongs to this recovery alone, unless it makes progress. */
  private readonly reservedMs: number;
  private readonly watch: ReservationWatch;

  constructor(
    private readonly view: EpochView,
    private readonly store: EpochStore,
    private readonly scripts: ScriptRunner,
    private readonly acknowledgements: Acknowledgements,
    private readonly rebuild: Rebuild,
    private readonly owner: RedisOwner,
    private readonly records: RecoveryRecords,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly settings: QueueSettings,
  ) {
    this.reservedMs = settings.viewMs + 2 * SECOND_MS;
    this.watch = new ReservationWatch(clock, this.reservedMs);
    setMaxListeners(2 * settings.shards, this.stop.signal); // each shard's wait listens to it
  }

  /**
   * Checks every shard once: a start on an empty Redis rebuilds them all together.
   * @throws ForeignRedis; while Redis is away its owner is unknown, and the start continues
   */
  async onApplicationBootstrap(): Promise<void> {
    await this.owner.mustBeUs(this.shards).catch((error: unknown) => {
      if (error instanceof ForeignRedis) throw error;
    });
    this.events.on('shard.closed', () => this.start());
    this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  /** Starts checking, unless it already is. */
  private start(): void {
    if (this.running || this.stop.signal.aborted) return;
    this.running = this.recoverAll()
      .catch((cause: unknown) => {
        if (!this.stop.signal.aborted) this.log.write('step.failed', { step: 'rebuild shards', cause });
      })
      .finally(() => (this.running = undefined));
  }

  private async recoverAll(): Promise<void> {
    for (;;) {
      await this.view.refresh();
      const closed = await this.closedShards();
      if (closed.size === 0) return;
      if (await this.isForeign()) return;
      const recovery = uuid();
      const since = this.clock.monotonic();
      const { mine, reserved } = await this.store.raise(recovery, closed, this.reservedMs, this.watch.over);
      this.watch.look(reserved);
      if (mine.length > 0) this.log.write('shards.recovering', { shards: mine });
      const reservations = mine.map(
        (shard) => new Reservation(this.store, this.clock, recovery, shard, this.reservedMs, since),
      );
      await this.view.refresh().catch(async (error: unknown) => {
        await Promise.all(reservations.map((reservation) => reservation.release()));
        throw error;
      });
      const rebuilt = await Promise.all(
        reservations.map((reservation) => this.recover(reservation, closed.get(reservation.shard)! + 1)),
      );
      const open = rebuilt.filter((each) => each !== undefined);
      if (open.length > 0) {
        const requests = open.reduce((sum, each) => sum + each.requests, 0);
        const durationMs = Math.round(this.clock.monotonic() - since);
        this.log.write('shards.recovered', { shards: open.map(({ shard }) => shard), requests, durationMs });
        await this.records.add(open, durationMs);
      }
      // Another process has the others for now; those that failed must be raised again.
      if (open.length < closed.size) await delay(LOOK_AGAIN_MS, undefined, { signal: this.stop.signal });
    }
  }

  /** Redis was given to another installation while this one runs. Logged once; nothing is rebuilt there. (P3) */
  private async isForeign(): Promise<boolean> {
    try {
      await this.owner.mustBeUs(this.shards);
      this.said = '';
      return false;
    } catch (error) {
      if (!(error instanceof ForeignRedis)) return false; // a shard that cannot be asked cannot be rebuilt either
      if (this.said !== error.message) this.log.write('store.foreign', { cause: error });
      this.said = error.message;
      return true;
    }
  }

  private get shards(): number[] {
    return allShards(this.settings.shards);
  }

  /**
   * The closed shards, with the epoch of the view for which each is closed. A shard whose server is away does not
   * prevent rebuilding the others. (P5)
   * @throws when none is known to be closed, and some could not be read
   */
  private async closedShards(): Promise<Map<number, number>> {
    const closed = new Map<number, number>();
    const look = async (shard: number) => {
      const epoch = this.view.epochOf(shard) ?? 0;
      try {
        await this.scripts.run('probe', shard, epoch, []);
      } catch (error) {
        if (!(error instanceof ShardClosed)) throw error;
        closed.set(shard, epoch);
      }
    };
    const looks = await Promise.allSettled(this.shards.map(look));
    const failed = looks.find((each) => each.status === 'rejected');
    if (failed && closed.size === 0) throw failed.reason;
    return closed;
  }

  /** @returns undefined if the shard is not open */
  private async recover(reservation: Reservation, epoch: number): Promise<RebuiltShard | undefined> {
    const { shard } = reservation;
    const since = this.clock.monotonic();
    try {
      const [highestSeq, cause] = await Promise.all([
        this.acknowledgements.waitFor(reservation, epoch, this.stop.signal),
        this.causeOf(shard, epoch - 1),
      ]);
      const requests = await this.inTurn(reservation, async () => {
        // Begin wipes everything there: it must not wipe what another process has opened while this one was frozen.
        await reservation.extend();
        return this.rebuild.run(reservation, epoch, highestSeq);
      });
      const durationMs = this.clock.monotonic() - since;
      this.events.emit('shard.recovered', { shard, epoch, requests, durationMs });
      return { shard, requests, cause };
    } catch (error) {
      this.log.write('step.failed', { step: 'rebuild a shard', shard, cause: error });
      return undefined;
    } finally {
      await reservation.release();
    }
  }

  /** Why a shard is closed for an epoch; undefined for epoch 0: the database is new. */
  private async causeOf(shard: number, epoch: number): Promise<ClosedCause | undefined> {
    if (epoch === 0) return undefined;
    const reply = await this.scripts.run('why_closed', shard, epoch, []).catch(() => 'unknown');
    return CLOSED_CAUSES.find((cause) => cause === reply) ?? 'unknown';
  }

  /** Bounds how many shards are rebuilt at the same time; waiting for acknowledgements is not bounded. */
  private async inTurn<T>(reservation: Reservation, work: () => Promise<T>): Promise<T> {
    while (this.rebuilding >= AT_ONCE) {
      await reservation.extendIfDue();
      await delay(LOOK_AGAIN_MS / 10, undefined, { signal: this.stop.signal });
    }
    this.rebuilding += 1;
    try {
      return await work();
    } finally {
      this.rebuilding -= 1;
    }
  }
}
