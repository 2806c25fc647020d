import type { Store } from './cause';

/** What each field of a line holds. No field holds a payload, a result, a message of a handler or a secret. */
export interface Fields {
  /** The account behind the credential of a call; `userId` is another one if it acts for a customer. */
  accountId: string;
  /** Of an admin action the account; of an operator's the user and the host. */
  actor: string;
  action: string;
  /** Of a client. */
  address: string;
  attempt: number;
  /** Why, in our words: no credentials, nothing in double quotes. */
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
  /** Of docs/errors.md. */
  errorCode: string;
  healthPort: number;
  host: string;
  /** What was broken. */
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
  /** Other processes, each with its host. */
  processes: string;
  requestId: string;
  requests: number;
  /** How many were sealed under another secret before. */
  resealed: number;
  role: string;
  /** Requests that were running, the one that is to blame first. */
  running: readonly object[];
  schema: number;
  /** What a key is good for. */
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
  /** Of the request's trace, if it is traced. */
  traceId: string;
  type: string;
  url: string;
  userId: string;
  worker: string;
}

/** A step that is taken again by itself, for `step.failed`. */
export type Step =
  | 'ask for due users'
  | 'check an accepted request'
  | 'count what a user has stored'
  | 'erase a user'
  | 'hand a request back'
  | 'leave the list of processes'
  | 'look for callbacks'
  | 'look for ended requests'
  | 'look for erasures'
  | 'maintenance'
  | 'note the use of a key'
  | 'publish an event'
  | 'read the epoch view'
  | 'read webhook secrets'
  | 'rebuild a shard'
  | 'rebuild shards'
  | 'record a callback'
  | 'record a recovery'
  | 'record or settle a request'
  | 'record what was counted'
  | 'record why an attempt is lost'
  | 'renew leases'
  | 'reseal webhook secrets'
  | 'schedule maintenance'
  | 'send traces'
  | 'write notes of attempts';
