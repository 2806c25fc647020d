import type { PendingRequest } from './pending-requests';
import { RecordedControl, settingsArgs } from './queue-control';

/** Its time gives it its place until it has started; a retried one keeps the head. */
export const isScheduled = ({ runAt, attemptsMade }: PendingRequest): boolean =>
  runAt !== undefined && attemptsMade === 0;

/** An item of lua/_recreate_job.lua. */
export const requestArgs = (request: PendingRequest): (string | number)[] => [
  request.userId,
  request.requestId,
  request.seq,
  request.type,
  request.payload,
  JSON.stringify(request.options),
  request.attemptsMade,
  request.notBefore ?? 0,
  request.createdAt,
  isScheduled(request) ? request.runAt! : 0,
  request.doubtful ? 1 : 0,
  request.lane,
  request.lastEndedAt ?? 0,
];

/** An item of lua/restore_control.lua, without its user. */
export const controlArgs = (control: RecordedControl): (string | number)[] => [
  ...settingsArgs(control),
  control.halting ?? 0,
];
