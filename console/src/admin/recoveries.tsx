import type { Schemas } from '../api/client';
import { duration, Time } from '../ui/time';

type Recovery = Schemas['RecoveryDto'];

const CAUSES: Record<Recovery['cause'], string> = {
  lost: 'Redis was empty: it was flushed, or started again without its data.',
  history: 'Redis was restarted, or another server has taken over.',
  begun: 'An earlier rebuild had not ended.',
  raised: 'An earlier rebuild had not begun, or a new version has raised the epochs.',
  damaged: 'The shard had lost a part of its state.',
  unknown: 'It is not known why.',
};

const SHOWN = 8;

/** Which shards were rebuilt from MongoDB: when, how long that took, and why they were closed. */
export function Recoveries({ recoveries }: { recoveries: readonly Recovery[] }) {
  return (
    <section class="card" aria-labelledby="recoveries">
      <h2 id="recoveries">Recent recoveries</h2>
      {recoveries.length === 0 && <p class="empty">None recorded.</p>}
      <ul class="plain-list">
        {recoveries.slice(0, SHOWN).map(({ at, shards, requests, durationMs, cause }) => (
          <li key={`${at} ${shards[0]}`} class="recovery">
            <span>
              {shards.length === 1 ? 'Shard' : 'Shards'} {rangesOf(shards)}
            </span>
            <span class="muted end">
              <Time at={at} />
            </span>
            <p>{CAUSES[cause]}</p>
            <p class="muted">
              open again after {duration(durationMs)}, with {requests.toLocaleString()}{' '}
              {requests === 1 ? 'request' : 'requests'}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Numbers in short, as `0–3, 7`. */
function rangesOf(numbers: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const each of numbers.toSorted((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range !== undefined && range[1] === each - 1) range[1] = each;
    else ranges.push([each, each]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
