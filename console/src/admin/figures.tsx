import type { Schemas } from '../api/client';
import { duration } from '../ui/time';
import { UNKNOWN } from '../ui/unknown';

const known = (value: number | null | undefined): string =>
  value === null || value === undefined ? UNKNOWN : value.toLocaleString();
const time = (ms: number | null): string => (ms === null ? UNKNOWN : duration(ms));

export function Figures({ overview }: { overview: Schemas['OverviewDto'] }) {
  const { totals, lagMs, oldestHeadMs } = overview;
  const figures: [string, string][] = [
    ['Pending requests', known(totals.pendingRequests)],
    ['Retrying requests', known(totals.retryingRequests)],
    ['Users being served', known(totals.servedUsers)],
    ['Users waiting', known(totals.waitingUsers)],
    ['Longest due', time(lagMs)],
    ['Oldest head', time(oldestHeadMs)],
    ['Accounts', known(totals.accounts)],
    ['Customers', known(totals.customers)],
  ];
  return (
    <dl class="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
