import { chunksOf } from '../../common/flow/in-chunks';

/** A lease of a worker, as Redis has it. */
export interface WorkerLease {
  readonly userId: string;
  readonly token: number;
  readonly requestId: string;
}

type LeaseFields = [userId: string, token: string, requestId: string];
const FIELDS = 3 satisfies LeaseFields['length'];

/** Reads the reply of `lua/list_leases.lua`. */
export function readLeases(reply: unknown): WorkerLease[] {
  const leases = chunksOf(reply as string[], FIELDS) as LeaseFields[];
  return leases.map(([userId, token, requestId]) => ({ userId, token: Number(token), requestId }));
}
