import type { RecordedCall } from '../support/recording-target';

/** What a client knows of a request that it has sent. Times are monotonic, ms. */
export interface ClientRequest {
  readonly index: number;
  /** `refused`: a 4xx. */
  readonly answer: 'accepted' | 'refused';
  readonly id?: string;
  readonly seq?: number;
  /** It was asked to start later. */
  readonly isScheduled?: boolean;
  /** When a cancel was answered with 200. */
  readonly cancelledAt?: number;
  /** What it was at the end. */
  readonly status?: string;
}

/** One user's part: what was sent, when the queue was to stand still, and what the target saw. */
export interface UserHistory {
  readonly requests: readonly ClientRequest[];
  /** From the 200 of a pause to when its end was asked for. */
  readonly pauses: readonly { readonly from: number; readonly to: number }[];
  readonly calls: readonly RecordedCall[];
}

/**
 * What was given out before a pause or a cancel was answered may still arrive at the target: its worker has begun within
 * its lease, or not at all.
 */
const UNDER_WAY_MS = 1_000;

const FINAL = ['succeeded', 'failed', 'cancelled', 'dismissed'];

/** Whatever in a history breaks a promise, a sentence each; nothing if nothing does. */
export function judge(history: UserHistory): string[] {
  return [
    ...oneAtATime(history),
    ...inOrder(history),
    ...inPlace(history),
    ...nothingLost(history),
    ...nothingUnwanted(history),
    ...identities(history),
  ];
}

/** P1: no two calls overlap, and tokens grow. */
function oneAtATime({ calls }: UserHistory): string[] {
  return calls.flatMap((call, i) => {
    const before = calls[i - 1];
    if (!before) return [];
    const found: string[] = [];
    if (before.endedAt > call.startedAt) found.push(`overlap: ${call.index} with ${before.index}`);
    if (call.fencingToken <= before.fencingToken) found.push(`token: that of ${call.index} does not grow`);
    return found;
  });
}

/** P2: first starts by seq. One that was scheduled takes its place at its time, which the client does not see. */
function inOrder({ calls, requests }: UserHistory): string[] {
  const scheduled = new Set(requests.filter(({ isScheduled }) => isScheduled).map(({ index }) => index));
  const seqOf = new Map(requests.map(({ index, seq }) => [index, seq ?? index]));
  const starts = [...new Set(calls.map(({ index }) => index))].filter((index) => !scheduled.has(index));
  return starts.flatMap((index, i) => {
    const before = starts[i - 1];
    const isLate = before !== undefined && (seqOf.get(before) ?? 0) > (seqOf.get(index) ?? 0);
    return isLate ? [`order: ${index} started after ${before}`] : [];
  });
}

/** P2: between two attempts of a request there is no other. */
function inPlace({ calls }: UserHistory): string[] {
  const done = new Set<number>();
  return calls.flatMap((call, i) => {
    const before = calls[i - 1];
    if (before && before.index !== call.index) done.add(before.index);
    return done.has(call.index) ? [`place: ${call.index} was tried again after ${before?.index}`] : [];
  });
}

/** P3: what was accepted has ended, and as it says. */
function nothingLost({ calls, requests }: UserHistory): string[] {
  const answered = new Map<number, number[]>();
  for (const { index, status } of calls) answered.set(index, [...(answered.get(index) ?? []), status]);
  return requests.flatMap(({ index, answer, status = 'nothing' }) => {
    if (answer !== 'accepted') return [];
    if (!FINAL.includes(status)) return [`lost: ${index} is ${status}`];
    const isDelivered = answered.get(index)?.includes(200) ?? false;
    return status === 'succeeded' && !isDelivered ? [`lost: ${index} succeeded undelivered`] : [];
  });
}

/** What was refused or cancelled does not run, and nothing starts in a pause. */
function nothingUnwanted({ calls, requests, pauses }: UserHistory): string[] {
  const sent = new Map(requests.map((request) => [request.index, request]));
  return calls.flatMap(({ index, startedAt }) => {
    const found: string[] = [];
    const { answer, cancelledAt = Infinity } = sent.get(index) ?? {};
    if (answer === 'refused') found.push(`refused: ${index} ran`);
    if (startedAt > cancelledAt + UNDER_WAY_MS) found.push(`cancelled: ${index} ran`);
    if (pauses.some(({ from, to }) => startedAt > from + UNDER_WAY_MS && startedAt < to))
      found.push(`paused: ${index} started`);
    return found;
  });
}

/** One request for each that was sent, and one seq for each request. */
function identities({ calls, requests }: UserHistory): string[] {
  const ids = new Map(requests.map(({ index, id }) => [index, id]));
  const strange = calls.filter(({ index, requestId }) => ids.get(index) && ids.get(index) !== requestId);
  const seqs = requests.flatMap(({ seq }) => (seq === undefined ? [] : [seq]));
  const twice = seqs.filter((seq, i) => seqs.indexOf(seq) !== i);
  return [
    ...strange.map(({ index, requestId }) => `twice: ${index} also ran as ${requestId}`),
    ...twice.map((seq) => `seq: ${seq} was given twice`),
  ];
}
