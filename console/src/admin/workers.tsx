import type { Schemas } from '../api/client';
import { serverNow } from '../api/server-time';
import { SafeText } from '../ui/safe-text';
import { Elapsed } from '../ui/time';

/** Processes silent for longer than this look dead, ms: they beat every ten seconds. */
const SILENT_MS = 30_000;

const isSilent = (heartbeatAt: string | null): boolean =>
  heartbeatAt !== null && serverNow() - Date.parse(heartbeatAt) > SILENT_MS;

/** The workers: how many leases each has, and when it was last seen. */
export function Workers({ overview }: { overview: Schemas['OverviewDto'] }) {
  return (
    <section class="card" aria-labelledby="workers">
      <h2 id="workers">Workers</h2>
      {overview.workers.length === 0 && <p class="empty">No workers: nothing is served.</p>}
      <ul class="plain-list">
        {overview.workers.map(({ worker, leases, heartbeatAt }) => (
          <li key={worker}>
            <code class="cut">
              <SafeText text={worker} />
            </code>
            <span class="number">
              {leases === null ? 'leases not known' : `${leases} ${leases === 1 ? 'lease' : 'leases'}`}
            </span>
            <span class={isSilent(heartbeatAt) ? 'row-error end' : 'muted end'}>
              {heartbeatAt ? (
                <>
                  alive <Elapsed since={heartbeatAt} /> ago
                </>
              ) : (
                'external, or gone'
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
