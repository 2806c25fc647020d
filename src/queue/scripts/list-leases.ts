/** A lease of a worker, as Redis has it. */
export interface WorkerLease {
  readonly userId: string;
  readonly token: number;
  readonly requestId: string;
}

const FIELDS = 3;

/** Reads the reply of `lua/list_leases.lua`. */
export function readLeases(reply: unknown): WorkerLease[] {
  const flat = reply as string[];
  return Array.from({ length: flat.length / FIELDS }, (_, i) => {
    const [userId, token, requestId] = flat.slice(i * FIELDS, (i + 1) * FIELDS) as [string, string, string];
    return { userId, token: Number(token), requestId };
  });
}
