import type { QueueView, Status } from '../api/user-api';

const WORDS: Record<Status, string> = {
  scheduled: 'Scheduled',
  queued: 'Waiting',
  active: 'Running',
  retrying: 'Retrying',
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
  dismissed: 'Dismissed',
};

export const STATUSES = Object.keys(WORDS) as Status[];
export const statusWord = (status: Status): string => WORDS[status];

export function StatusBadge({ status }: { status: Status }) {
  return <span class={`badge ${status}`}>{WORDS[status]}</span>;
}

const QUEUE_WORDS: Record<QueueView['state'], string> = {
  halted: 'Halted',
  paused: 'Paused',
  busy: 'Serving',
  waiting: 'Waiting',
  idle: 'Idle',
};

export function QueueBadge({ state }: { state: QueueView['state'] }) {
  return <span class={`badge queue-${state}`}>{QUEUE_WORDS[state]}</span>;
}
