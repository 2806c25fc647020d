import type { Schemas } from '../../../client/index';

type RequestView = Schemas['RequestDto'];

/** One attempt as a bar: times in ms since 1970; its row is the position of its request in order. */
export interface Bar {
  readonly requestId: string;
  readonly type: string;
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly outcome: RequestView['attempts'][number]['outcome'] | 'active';
}

/** The attempts of requests, in the order of `seq`, with a row for each request that has started. */
export function barsOf(requests: readonly RequestView[], now: number): Bar[] {
  const started = requests
    .filter(({ attempts, status }) => status === 'active' || attempts.some(({ startedAt }) => startedAt))
    .sort((a, b) => a.seq - b.seq);
  return started.flatMap(({ id, type, attempts, status, activeSince }, row) => {
    const ended = attempts.flatMap(({ startedAt: from, finishedAt: to, outcome }) =>
      from && to ? [{ requestId: id, type, row, from: Date.parse(from), to: Date.parse(to), outcome }] : [],
    );
    const since = activeSince ? Date.parse(activeSince) : now;
    return status === 'active'
      ? [
          ...ended,
          { requestId: id, type, row, from: since, to: Math.max(now, since), outcome: 'active' as const },
        ]
      : ended;
  });
}

/** The largest share of the picture that one pause may take. */
const MOST_PAUSE = 0.06;

/** The position of a time, from 0 to 1. Long pauses are shortened, so that short turns are visible. */
export function scaleOf(bars: readonly Bar[]): { at: (time: number) => number; cuts: number[] } {
  const sorted = [...bars].sort((a, b) => a.from - b.from);
  const busy = bars.reduce((sum, { from, to }) => sum + (to - from), 0) || 1;
  const longest = busy * MOST_PAUSE;
  const points: { time: number; x: number }[] = [];
  const cuts: number[] = [];
  let x = 0;
  let end = sorted[0]?.from ?? 0;
  points.push({ time: end, x });
  for (const { from, to } of sorted) {
    if (from > end) {
      x += Math.min(from - end, longest);
      if (from - end > longest) cuts.push(x - longest / 2);
      points.push({ time: from, x });
      end = from;
    }
    if (to > end) {
      x += to - end;
      points.push({ time: to, x });
      end = to;
    }
  }
  const width = x || 1;
  const at = (time: number) => {
    const i = points.findIndex((point) => point.time >= time);
    const [a, b] = [points[Math.max(0, i - 1)]!, points[i === -1 ? points.length - 1 : i]!];
    const share = b.time === a.time ? 0 : (time - a.time) / (b.time - a.time);
    return (a.x + share * (b.x - a.x)) / width;
  };
  return { at, cuts: cuts.map((cut) => cut / width) };
}
