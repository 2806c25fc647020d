/** A user's records as arguments of the scripts, and the repair of a queue that has lost a part. */
import type { RealShard } from './real-shard';
import { hasStarted, ModelJob, ModelUser, ShardModel } from './shard-model';

export const HOUR_MS = 3_600_000;
export const LIMIT_MS = 2 * HOUR_MS;
export const OPTS = `{"attempts":5,"timeout":${LIMIT_MS}}`;
/** us between two starts. */
export const INTERVALS = { none: 0, slow: HOUR_MS * 1000, fast: 1 } as const;

/** What a user can lose. */
export const LOSSES = [
  ...(['ready', 'leases', 'owners', 'active', 'turn', 'wait', 'job', 'twice', 'control'] as const),
];
export type Loss = (typeof LOSSES)[number];

/** Settings and halt of a user. */
export const controlArgs = (of: ModelUser) => [
  ...[of.version, of.paused ? 1 : 0, INTERVALS[of.rate], 0, '', of.halted],
];

export const onRecord = (of: ModelUser): ModelJob[] =>
  of.pending.filter(({ held }) => held === 'no').sort((a, b) => a.seq - b.seq);

export const requestArgs = (model: ShardModel, of: ModelUser, job: ModelJob) => [
  ...[
    of.id,
    job.id,
    job.seq,
    'echo',
    job.payload,
    OPTS,
    job.attemptsMade,
    job.backsOff ? Date.now() + HOUR_MS : 0,
  ],
  ...[1, job.isLater && job.attemptsMade === 0 ? model.laterAt : 0, 0, job.lane],
  job.backsOff ? Date.now() : 0,
];

/** The kinds of faults found, each as `user kind`. */
export async function faultsOf(model: ShardModel, real: RealShard): Promise<string[]> {
  const args = model.all.flatMap((of) => {
    const ids = onRecord(of).map(({ id }) => id);
    return [of.id, ...controlArgs(of), ids.length, ...ids];
  });
  const faults = (await real.run('find_faults', model.epoch, ...args)) as [string, string][][];
  return faults.flatMap((each, i) => each.map(([kind]) => `${model.all[i]!.id} ${kind}`));
}

const KINDS: Record<Loss, string> = {
  ready: 'standing',
  leases: 'lease',
  owners: 'lease',
  active: 'lease',
  turn: 'line',
  wait: 'line',
  job: 'job',
  twice: 'line',
  control: 'control',
};

/** Whether the user has what would be lost, and the records show that it is missing. */
function isPossible(of: ModelUser, loss: Loss, job: ModelJob | undefined): boolean {
  const isKnown = job?.held === 'no';
  switch (loss) {
    case 'ready':
      return !of.lease && of.pending.length > 0;
    case 'turn': // its marks remain: it was leased, and not handed back
      return of.lease !== undefined && of.lease.job.lookUp === 0;
    case 'wait':
      // A scheduled one that was due would go back to its time, an hour ahead here.
      return (
        of.waiting.length > 0 &&
        of.waiting.every((each) => each.held === 'no' && (hasStarted(each) || !each.isLater))
      );
    case 'job':
      return isKnown;
    case 'twice':
      return isKnown && of.waiting.includes(job);
    case 'control':
      return of.version > 0 && (of.paused || of.rate !== 'none');
    default:
      return of.lease !== undefined;
  }
}

/**
 * Loses a part of what Redis knows about a user. The fault is found, and the queue is repaired.
 * @param meanwhile runs before the repair
 */
export async function lose(
  model: ShardModel,
  real: RealShard,
  of: ModelUser,
  { loss, nth }: { loss: Loss; nth: number },
  meanwhile: () => Promise<void>,
) {
  const job = [...of.waiting, ...of.later][nth];
  if (!isPossible(of, loss, job)) return;
  await real.lose(of.id, loss, job?.id ?? '');
  expect(await faultsOf(model, real)).toContain(`${of.id} ${KINDS[loss]}`);
  const isHeld = ['leases', 'active'].includes(loss) || (loss === 'job' && job === of.head && !of.lease);
  if (isHeld) {
    of.isBroken = true;
    await meanwhile(); // no worker gets the user,
    expect(await real.isFound(of.id)).toBe(false); // or looks for them
    of.isBroken = false;
  }

  const record = onRecord(of);
  const items = record.flatMap((each) => requestArgs(model, of, each));
  if (items.length > 0) expect(await real.run('recreate_jobs', model.epoch, ...items)).toBe('OK');
  const mended = [of.id, ...controlArgs(of), ...record.map(({ id }) => id)];
  expect(await real.run('mend', model.epoch, ...mended)).toBe('OK');

  const { lease } = of;
  const lasts = { hasEnded: model.longestLeaseMs === 0 };
  const unknown = { token: 0, worker: 'nobody', isLimited: false, isCounted: false };
  if (lease && (loss === 'leases' || loss === 'turn')) of.lease = { ...lease, ...lasts };
  if (of.lease && (loss === 'owners' || loss === 'turn')) of.lease = { ...of.lease, ...unknown };
  if (loss === 'job' && job) forget(job);
  if (loss === 'control') Object.assign(of, { released: 0, lookUp: 0, isSpent: false });
  for (const each of [...of.waiting, ...of.later]) each.lookUp ||= 1;
  of.waiting.sort((a, b) => Number(hasStarted(b)) - Number(hasStarted(a)) || a.seq - b.seq);
}

/** Resets the job to its record. */
function forget(job: ModelJob): void {
  const backsOff = job.backsOff && job.attemptsMade > 0;
  Object.assign(job, { wasGiven: false, isCancelled: false, again: false, lookUp: 1, backsOff });
  Object.assign(job, { last: undefined, first: undefined, losses: [] });
}
