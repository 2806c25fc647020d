import { useLive } from '../api/live';
import { serverNow } from '../api/server-time';
import { useUser } from '../api/user-api';
import { duration } from '../ui/time';
import { Audit } from './audit';
import { type Bar, barsOf, scaleOf } from './turns';

const REQUESTS = 24;
const ROW = 9;
const WIDTH = 400;
/** The narrowest bar, in units of WIDTH. */
const LEAST = 3;

/** The latest turns over time, one row per request. Each begins where the one before ended, and none overtakes. */
export function TurnStrip() {
  const user = useUser();
  const { data } = useLive(async () => {
    const started = ['active', 'retrying', 'succeeded', 'failed', 'cancelled', 'dismissed'] as const;
    const { items } = await user.list({ status: [...started], limit: REQUESTS });
    return barsOf(items, serverNow());
  }, `turns ${user.base}`);
  if (data === undefined || data.length === 0) return null;
  return (
    <section class="card" aria-labelledby="turns">
      <header>
        <h2 id="turns">Turns</h2>
        <span class="muted">the latest, over time</span>
      </header>
      <Strip bars={data} />
      {user.isOwn && <Audit />}
    </section>
  );
}

function Strip({ bars }: { bars: readonly Bar[] }) {
  const { base } = useUser();
  const { at, cuts } = scaleOf(bars);
  const rows = Math.max(...bars.map(({ row }) => row)) + 1;
  const x = (time: number) => at(time) * (WIDTH - LEAST);
  return (
    <svg
      class="strip"
      viewBox={`0 0 ${WIDTH} ${rows * ROW}`}
      role="group"
      aria-label={`${bars.length} attempts of ${rows} requests, in order`}
    >
      {cuts.map((cut) => (
        <line key={cut} class="cut" x1={cut * WIDTH} x2={cut * WIDTH} y1={0} y2={rows * ROW} />
      ))}
      {bars.map(({ requestId, type, row, from, to, outcome }) => (
        <a
          key={`${requestId} ${from}`}
          href={`${base}requests/${requestId}`}
          aria-label={`${type}, ${outcome}, ${duration(to - from)}`}
        >
          <title>{`${type}: ${outcome.replace('_', ' ')}, ${duration(to - from)}\n${new Date(from).toLocaleString()}`}</title>
          <rect
            class={outcome}
            x={x(from)}
            y={row * ROW + 1}
            width={Math.max(LEAST, x(to) - x(from))}
            height={ROW - 2}
            rx={2}
          />
        </a>
      ))}
    </svg>
  );
}
