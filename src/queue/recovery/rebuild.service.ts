import { Injectable } from '@nestjs/common';
import { chunksOf } from '../../common/flow/in-chunks';
import { SECOND_MS } from '../../common/time/units';
import { PendingRequest, PendingRequests } from '../pending-requests';
import { controlArgs, isScheduled, requestArgs } from '../record-args';
import { ScriptRunner } from '../scripts/script-runner';
import { EpochStore } from '../epochs/epoch.store';
import type { Reservation } from './reservation';

/** Keys that one call of begin removes: about a millisecond of Redis. */
const WIPE_KEYS = 1000;
/** Requests that one call of restore takes. */
const RESTORE_ITEMS = 32;

/** Rebuilds a shard in Redis from MongoDB: begin, scan and restore (settings first), open. */
@Injectable()
export class Rebuild {
  constructor(
    private readonly scripts: ScriptRunner,
    private readonly pending: PendingRequests,
    private readonly epochs: EpochStore,
  ) {}

  /**
   * @param epoch the new one; no process acts under an older one
   * @param highestSeq the highest seq that any process has seen, us
   * @returns how many requests were restored
   * @throws ShardClosed when Redis was lost again meanwhile, or when another process rebuilds the shard: start again
   * with a newer epoch. Also throws when another process has the reservation
   */
  async run(reservation: Reservation, epoch: number, highestSeq: number): Promise<number> {
    const { shard } = reservation;
    while (Number(await this.scripts.run('begin_rebuild', shard, epoch, [WIPE_KEYS])) > 0)
      await reservation.extendIfDue();
    for await (const controls of this.pending.controlsOf(shard)) {
      await reservation.extendIfDue();
      const items = controls.flatMap((control) => [control.userId, ...controlArgs(control)]);
      await this.scripts.run('restore_control', shard, epoch, items);
    }
    let requests = 0;
    // Not this process's own time: if that is ahead, everything scheduled next would be late by as much.
    let clock = Math.max(highestSeq, (await this.epochs.now()) * 1000);
    for await (const chunk of this.pending.ofShard(shard)) {
      await reservation.extendIfDue();
      for (const some of chunksOf(chunk, RESTORE_ITEMS)) {
        await this.scripts.run('restore', shard, epoch, some.flatMap(requestArgs));
        await reservation.extendIfDue();
      }
      requests += chunk.length;
      // Only a request with its own time as seq may be above the clock. (P2)
      for (const request of chunk) if (!hasItsTimeForSeq(request)) clock = Math.max(clock, request.seq + 1);
    }
    await this.scripts.run('open_shard', shard, epoch, [clock]);
    return requests;
  }
}

/**
 * Not if the clock had passed that time when it was accepted. Within a second the two look alike, and either is fine.
 */
const hasItsTimeForSeq = (request: PendingRequest): boolean =>
  isScheduled(request) && request.seq < (request.runAt! + SECOND_MS) * 1000;
