import { CLOCK_FAULTS } from './clocks';
import type { Fault } from './fault';
import { LINK_FAULTS } from './links';
import { MEMBER_FAULTS } from './members';
import { PROCESS_FAULTS } from './processes';
import { STORE_FAULTS } from './stores';

export type FaultName =
  | keyof typeof PROCESS_FAULTS
  | keyof typeof LINK_FAULTS
  | keyof typeof STORE_FAULTS
  | keyof typeof MEMBER_FAULTS
  | keyof typeof CLOCK_FAULTS;

/** After these faults the bucket of a rate may be full. */
export const REFILLS: ReadonlySet<string> = new Set<FaultName>([
  ...(Object.keys(STORE_FAULTS) as FaultName[]),
  "Redis' clock is moved",
]);

/** The faults of one list follow each other; the lists run at the same time. */
export const FAULTS: readonly Readonly<Partial<Record<FaultName, Fault>>>[] = [
  { ...PROCESS_FAULTS, ...LINK_FAULTS },
  { ...STORE_FAULTS, ...MEMBER_FAULTS },
  CLOCK_FAULTS,
];
