import type { Store } from './cause';

/** The type of each field. No field holds a payload, a result, a message of a handler or a secret. */
export interface Fields {
  /** The account that owns the credential of a call. `userId` differs from it if the call acts for a customer. */
  accountId: string;
  /** The account of an admin action; the user and host of an operator action. */
  actor: string;
  action: string;
  /** The client's IP address. */
  address: string;
  attempt: number;
  /** Why it failed, in our words: no credentials, nothing in double quotes. */
  cause: unknown;
  callId: string;
  childPid: number;
  /** Attempts of a request that were lost with their worker or lease. */
  crashes: number;
  credential: string;
  credentialId: string;
  /** ISO 8601. */
  doneAt: string;
  durationMs: number;
  /** A code of docs/errors.md. */
  errorCode: string;
  healthPort: number;
  host: string;
  /** The kinds of damage. */
  kinds: readonly string[];
  lane: string;
  layout: number;
  limitMs: number;
  method: string;
  name: string;
  outcome: string;
  params: unknown;
  parts: string;
  path: string;
  processId: string;
  /** Other processes, with their hosts. */
  processes: string;
  requestId: string;
  requests: number;
  /** Number of secrets that were sealed under another secret before. */
  resealed: number;
  role: string;
  /** The running requests, first the one that is to blame. */
  running: readonly object[];
  schema: number;
  /** What a key may do. */
  scopes: readonly string[];
  sessionId: string;
  shard: number;
  shards: readonly number[];
  signal: string;
  silentMs: number;
  slots: number;
  statusCode: number;
  step: Step;
  store: Store;
  /** The trace of the request, if it is traced. */
  traceId: string;
  type: string;
  url: string;
  userId: string;
  worker: string;
}

/** A step that can fail, for `step.failed`. Most are repeated automatically. */
export type Step =
  | 'ask for due users'
  | 'cancel the rest'
  | 'confirm an accepted request'
  | 'count what a user has stored'
  | 'erase a user'
  | 'hand a request back'
  | 'leave the list of processes'
  | 'look for callbacks'
  | 'look for ended requests'
  | 'look for erasures'
  | 'look up a request'
  | 'maintenance'
  | 'note the use of a key'
  | 'publish an event'
  | 'read an awaited request'
  | 'read the epoch view'
  | 'read the failure policy'
  | 'read webhook secrets'
  | 'rebuild a shard'
  | 'rebuild shards'
  | 'record a callback'
  | 'record a recovery'
  | 'record an outcome'
  | 'record what was counted'
  | 'record why an attempt is lost'
  | 'renew leases'
  | 'reseal webhook secrets'
  | 'schedule maintenance'
  | 'send traces'
  | 'settle a request'
  | 'write notes of attempts';
