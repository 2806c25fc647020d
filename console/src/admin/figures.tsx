import type { Schemas } from '../api/client';
import { duration } from '../ui/time';

/** A number; what is not known is said to be so, and never shown as 0. */
const known = (value: number | null | undefined): string =>
  value === null || value === undefined ? 'not known now' : value.toLocaleString();

export function Figures({ overview }: { overview: Schemas['OverviewDto'] }) {
  const { totals, lagMs } = overview;
  const figures: [string, string][] = [
    ['Pending requests', known(totals.pendingRequests)],
    ['Users being served', known(totals.servedUsers)],
    ['Users waiting', known(totals.waitingUsers)],
    ['Longest due', lagMs === null ? 'not known now' : duration(lagMs)],
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
