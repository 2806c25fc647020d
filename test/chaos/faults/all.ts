import type { Fault } from './fault';
import { LINK_FAULTS } from './links';
import { PROCESS_FAULTS } from './processes';
import { STORE_FAULTS } from './stores';

export type FaultName = keyof typeof PROCESS_FAULTS | keyof typeof LINK_FAULTS | keyof typeof STORE_FAULTS;

/** Faults of one list follow each other; the lists go on side by side. */
export const FAULTS: readonly Readonly<Partial<Record<FaultName, Fault>>>[] = [
  { ...PROCESS_FAULTS, ...LINK_FAULTS },
  STORE_FAULTS,
];
