import type { Schemas } from '../api/client';
import { duration } from '../ui/time';

/** Every shard: closed ones serve nobody until they are rebuilt. */
export function Shards({ shards }: { shards: readonly Schemas['ShardDto'][] }) {
  const closed = shards.filter(({ state }) => state === 'closed').length;
  return (
    <section class="card" aria-labelledby="shards">
      <header>
        <h2 id="shards">Shards</h2>
        <span class={closed > 0 ? 'row-error' : 'muted'}>{closed > 0 ? `${closed} closed` : 'all open'}</span>
      </header>
      <ol class="shards">
        {shards.map(({ shard, state, epoch, servedUsers, waitingUsers, lagMs }) => (
          <li
            key={shard}
            class={state}
            title={
              state === 'closed'
                ? `Shard ${shard} is closed, epoch ${epoch}`
                : `Shard ${shard}, epoch ${epoch}: ${servedUsers} served, ${waitingUsers} waiting, longest due ${duration(lagMs ?? 0)}`
            }
          >
            {shard}
            {state === 'closed' && <span class="unseen"> closed</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
