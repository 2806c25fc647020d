import { Injectable } from '@nestjs/common';
import { SECOND_MS } from '../../common/time/units';
import { RecordedControl, settingsArgs } from '../queue-control';
import { PendingRequest, PendingRequests } from '../pending-requests';
import { ScriptRunner } from '../scripts/script-runner';
import { EpochStore } from '../epochs/epoch.store';
import type { Reservation } from './reservation';

/** Keys that begin removes a call: about a millisecond of Redis. */
const WIPE_KEYS = 1000;
/** Requests that restore takes a call. */
const RESTORE_ITEMS = 32;

/** Makes a shard in Redis anew from what MongoDB has on record: begin, scan and restore (settings first), open. */
@Injectable()
export class Rebuild {
  constructor(
    private readonly scripts: ScriptRunner,
    private readonly pending: PendingRequests,
    private readonly view: EpochStore,
  ) {}

  /**
   * @param epoch the new one; nobody acts under an older one any more
   * @param highestSeq the highest seq that any process has seen, us
   * @returns how many requests were restored
   * @throws ShardClosed when Redis was lost again meanwhile: begin anew with a newer epoch; or when another process has
   * begun anew. And when another has the reservation
   */
  async run(reservation: Reservation, epoch: number, highestSeq: number): Promise<number> {
    const { shard } = reservation;
    while (Number(await this.scripts.run('begin', shard, epoch, [WIPE_KEYS])) > 0) await reservation.keep();
    for await (const controls of this.pending.controlsOf(shard)) {
      await reservation.keep();
      await this.scripts.run('restore_control', shard, epoch, controls.flatMap(controlItemOf));
    }
    let requests = 0;
    // Not this process's own time: were it ahead, whatever is scheduled next would be as late.
    let clock = Math.max(highestSeq, (await this.view.now()) * 1000);
    for await (const chunk of this.pending.ofShard(shard)) {
      await reservation.keep();
      for (let i = 0; i < chunk.length; i += RESTORE_ITEMS) {
        await this.scripts.run('restore', shard, epoch, chunk.slice(i, i + RESTORE_ITEMS).flatMap(itemOf));
        await reservation.keep();
      }
      requests += chunk.length;
      // Only what has its own time for a seq may be above the clock. (P2)
      for (const request of chunk) if (!hasItsTimeForSeq(request)) clock = Math.max(clock, request.seq + 1);
    }
    await this.scripts.run('open', shard, epoch, [clock]);
    return requests;
  }
}

/** It has its place by its time until it has been started; a retried one keeps the head. */
const isScheduled = ({ runAt, attemptsMade }: PendingRequest): boolean =>
  runAt !== undefined && attemptsMade === 0;

/** Not if the clock had passed that time when it was accepted. Within a second of it both look alike, and either will do. */
const hasItsTimeForSeq = (request: PendingRequest): boolean =>
  isScheduled(request) && request.seq < (request.runAt! + SECOND_MS) * 1000;

const controlItemOf = (control: RecordedControl): (string | number)[] => [
  control.userId,
  ...settingsArgs(control),
  control.halting ?? 0,
];

function itemOf(request: PendingRequest): (string | number)[] {
  const {
    userId,
    requestId,
    seq,
    type,
    payload,
    options,
    attemptsMade,
    notBefore,
    lastEndedAt,
    createdAt,
    runAt,
    doubtful,
  } = request;
  const at = isScheduled(request) ? runAt! : 0;
  return [
    userId,
    requestId,
    seq,
    type,
    payload,
    JSON.stringify(options),
    attemptsMade,
    notBefore ?? 0,
    createdAt,
    at,
    doubtful ? 1 : 0,
    request.lane,
    lastEndedAt ?? 0,
  ];
}
