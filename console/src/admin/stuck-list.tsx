import { useState } from 'preact/hooks';
import { answerOf, api, type Schemas } from '../api/client';
import { useLive } from '../api/live';
import { counted } from '../ui/counted';
import { Failure } from '../ui/failure';
import { SafeText } from '../ui/safe-text';
import { duration, Elapsed, Time, Until } from '../ui/time';
import { Cures } from './cures';
import { OfAccount } from './of-account';
import { shortId } from '../requests/request-row';

type Stuck = Schemas['StuckDto'];

const REASONS: Record<Stuck['reason'], string> = {
  paused: 'Paused',
  paused_by_admin: 'Held',
  halted: 'Halted',
  retrying: 'Retrying',
  runs_long: 'Runs long',
  worker_lost: 'Worker lost',
  no_worker: 'No worker',
  workers_busy: 'Workers busy',
  limited: 'Limited',
  shard_closed: 'Shard closed',
};

/** A queue is listed if it has not moved for this long, ms. */
const PATIENCE = [
  ['5 s', 5_000],
  ['1 min', 60_000],
  ['10 min', 600_000],
  ['1 h', 3_600_000],
] as const;

const stuck = (longerThanMs: number) =>
  answerOf(api.GET('/admin/stuck', { params: { query: { longerThanMs } } }));

/** The queues that do not move: whose, why, since when, and the cures. */
export function StuckList() {
  const [patience, setPatience] = useState(60_000);
  const { data, error, reload } = useLive(() => stuck(patience), `stuck ${patience}`);
  return (
    <section class="card flush" aria-labelledby="stuck">
      <header>
        <h2 id="stuck">Stuck</h2>
        <span class="muted number">
          {data?.items.length}
          {data?.isComplete === false && ' or more'}
        </span>
        <label class="inline end">
          <span class="muted">not moved for</span>
          <select value={patience} onChange={(event) => setPatience(Number(event.currentTarget.value))}>
            {PATIENCE.map(([name, ms]) => (
              <option key={ms} value={ms}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </header>
      <Failure error={error} retry={reload} />
      {data && error === undefined && <Verdict list={data} />}
      <ul>
        {data?.items.map((each) => (
          <Row key={`${each.user.id} ${each.reason} ${each.shard}`} stuck={each} reload={reload} />
        ))}
      </ul>
    </section>
  );
}

/** What the list does not show. Every queue moves only if all were checked. */
function Verdict({ list: { items, isComplete, closedShards } }: { list: Schemas['StuckListDto'] }) {
  if (closedShards.length > 0)
    return <p class="empty">{counted(closedShards.length, 'closed shard')}: no queue there moves.</p>;
  if (items.length > 0) return null;
  return <p class="empty">{isComplete ? 'Every queue moves.' : 'Not every queue was checked.'}</p>;
}

function Row({
  stuck: { user, reason, why, since, requestId, ...more },
  reload,
}: {
  stuck: Stuck;
  reload: () => void;
}) {
  const link = `#/admin/users/${encodeURIComponent(user.id)}/`;
  const name = <SafeText text={user.customerId ?? user.email ?? user.id} />;
  const account = user.customerId !== null && <OfAccount email={user.email} />;
  const request = requestId && (
    <>
      request <code>{shortId(requestId)}</code>
    </>
  );
  return (
    <li class="stuck">
      <div class="row">
        <span class={`badge stuck-${reason}`}>{REASONS[reason]}</span>
        <a href={link}>
          <strong>{name}</strong>
        </a>
        {account}
        <span class="muted end">
          {since ? (
            <>
              <Elapsed since={since} />, since <Time at={since} />
            </>
          ) : (
            'since when is not known'
          )}
        </span>
      </div>
      <p>{why}</p>
      {more.lastError && (
        <p class="row-error">
          <SafeText text={more.lastError.message} />
        </p>
      )}
      <p class="muted stuck-facts">
        {request && <a href={`${link}requests/${requestId}`}>{request}</a>}
        {more.headAgeMs !== null && <span>accepted {duration(more.headAgeMs)} ago</span>}
        {more.attemptsMade !== null && more.attemptsMade > 0 && (
          <span>{counted(more.attemptsMade, 'failed attempt')}</span>
        )}
        {more.nextAttemptAt && (
          <span>
            next attempt <Until at={more.nextAttemptAt} />
          </span>
        )}
        {more.worker && <span>on {more.worker}</span>}
        {more.lane && more.lane !== 'main' && <span>lane {more.lane}</span>}
      </p>
      <Cures
        cures={more.cures}
        subject={
          <>
            {request ?? 'the queue'} of {name} {account}
          </>
        }
        reload={reload}
      />
    </li>
  );
}
