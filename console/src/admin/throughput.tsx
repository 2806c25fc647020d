import { answerOf, api, type Schemas } from '../api/client';
import { useLive } from '../api/live';
import { Failure } from '../ui/failure';
import { Time } from '../ui/time';

type Minute = Schemas['MinuteDto'];

const MINUTES = 60;
/** The height of the plot, in its own units: its width is one unit per minute. */
const HEIGHT = 100;
/** The width of a bar, in minutes. */
const BAR = 0.76;

const read = () => answerOf(api.GET('/admin/throughput', { params: { query: { minutes: MINUTES } } }));

const isKnown = ({ accepted }: Minute) => accepted !== null;
const words = ({ accepted, ended, failed }: Minute): string =>
  accepted === null
    ? 'not known'
    : `${accepted.toLocaleString()} accepted, ${ended?.toLocaleString()} ended, ${failed?.toLocaleString()} failed`;

/** What was accepted, ended and failed in each minute of the last hour. A minute without data is left empty. */
export function Throughput() {
  const { data, error, reload } = useLive(read, 'throughput');
  const latest = data?.items.at(-1);
  return (
    <section class="card throughput" aria-labelledby="throughput">
      <header>
        <h2 id="throughput">Throughput</h2>
        <span class="muted number">{latest && `last minute: ${words(latest)}`}</span>
      </header>
      <Failure error={error} retry={reload} />
      {data && <Chart minutes={data.items} />}
    </section>
  );
}

function Chart({ minutes }: { minutes: readonly Minute[] }) {
  const most = Math.max(1, ...minutes.map(({ accepted, ended }) => Math.max(accepted ?? 0, ended ?? 0)));
  const unknown = minutes.filter((minute) => !isKnown(minute)).length;
  const y = (count: number) => HEIGHT - (count / most) * HEIGHT;
  return (
    <div class="chart">
      <span class="number chart-most">{most.toLocaleString()}</span>
      <svg
        viewBox={`0 0 ${minutes.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Requests a minute over ${minutes.length} minutes, ${most} at most; ${unknown} minutes are not known`}
      >
        {minutes.map((minute, i) => (
          <g key={minute.at}>
            <title>{`${new Date(minute.at).toLocaleString()}\n${words(minute)}`}</title>
            <rect class={isKnown(minute) ? 'minute' : 'minute unknown'} x={i} width={1} height={HEIGHT} />
            <Column class="ended" x={i} top={y(minute.ended ?? 0)} />
            <Column class="failed" x={i} top={y(minute.failed ?? 0)} />
          </g>
        ))}
        <path class="accepted" d={stepsOf(minutes, y)} />
      </svg>
      <div class="row muted chart-foot">
        {minutes[0] && <Time at={minutes[0].at} />}
        <ul class="legend" aria-hidden="true">
          {['accepted', 'ended', 'failed', ...(unknown > 0 ? ['unknown'] : [])].map((name) => (
            <li key={name} class={name}>
              {name === 'unknown' ? 'not known' : name}
            </li>
          ))}
        </ul>
        <Time at={minutes.at(-1)?.at ?? ''} />
      </div>
    </div>
  );
}

function Column(props: { class: string; x: number; top: number }) {
  if (props.top === HEIGHT) return null;
  const x = props.x + (1 - BAR) / 2;
  return <rect class={props.class} x={x} width={BAR} y={props.top} height={HEIGHT - props.top} />;
}

/** A step line with one step per minute. It is interrupted at unknown minutes. */
function stepsOf(minutes: readonly Minute[], y: (count: number) => number): string {
  return minutes
    .map(({ accepted }, i) => {
      if (accepted === null) return '';
      const isNew = (minutes[i - 1]?.accepted ?? null) === null;
      return `${isNew ? 'M' : 'L'}${i} ${y(accepted)}H${i + 1}`;
    })
    .join('');
}
