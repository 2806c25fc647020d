import type { LogLevel } from '@nestjs/common';
import type { Fields } from './fields';

type Field = keyof Fields;
/** A field name that ends in `?` is optional. */
type Listed = Field | `${Field}?`;
type Words<S extends string> = S extends `${infer First} ${infer Rest}` ? First | Words<Rest> : S;

export interface LogEntry {
  readonly level: LogLevel;
  readonly msg: string;
  /** Names of fields, separated by spaces. */
  readonly fields: string;
  /**
   * Lines with equal values in these fields are counted: the first is written at once, then one line a minute with the
   * number (`times`).
   */
  readonly counted?: string;
}

const entry = <S extends string, C extends string = never>(
  level: LogLevel,
  msg: string,
  fields: Words<S> extends Listed | '' ? S : never,
  counted?: Words<C> extends Field ? C : never,
) => ({ level, msg, fields, ...(counted && { counted }) });

const REQUEST = 'requestId userId type';
const ATTEMPT = `${REQUEST} traceId? attempt outcome durationMs` as const;

/**
 * Every line that this program writes, by its `event` (docs/logs.md). A line has only the fields that are named here.
 */
export const LOG_EVENTS = {
  'call.ended': entry(
    'log',
    'a call has ended',
    'callId traceId? userId? accountId? method path address? statusCode? errorCode? durationMs outcome',
  ),
  'call.failed': entry('error', 'a call failed on our side', 'callId errorCode cause'),
  'call.unavailable': entry('warn', 'a call could not be served', 'callId errorCode cause', 'cause'),

  'attempt.succeeded': entry('debug', 'an attempt succeeded', ATTEMPT),
  'attempt.failed': entry('log', 'an attempt failed', `${ATTEMPT} errorCode?`),
  'attempt.stopped': entry('log', 'an attempt was stopped before it had an outcome', ATTEMPT),
  'attempt.taken_back': entry(
    'warn',
    'an attempt was lost with its worker or lease',
    `${REQUEST} crashes worker? errorCode`,
  ),
  'request.failed': entry('warn', 'a request failed', `${REQUEST} errorCode?`),
  'request.dropped': entry('error', 'a turn ended with an error on our side', `${REQUEST} cause`),
  'callback.failed': entry('warn', 'a callback was given up', 'requestId userId'),
  'handler.ignores_abort': entry(
    'error',
    'a handler does not stop when told to: the process is replaced',
    `${REQUEST} attempt`,
  ),
  'suspect.isolated': entry(
    'warn',
    'a request that killed two workers runs in a separate process',
    `${REQUEST} childPid?`,
  ),
  'suspect.died': entry('error', 'the isolated process of a request died', `${REQUEST} cause`),
  'isolation.failed': entry('error', 'no isolated process could be started', 'cause', 'cause'),

  'process.listening': entry('log', 'listening', 'url role healthPort?'),
  'process.listed': entry('log', 'on the list of processes', 'processId'),
  'process.ready': entry('log', 'ready', ''),
  'process.starting': entry('log', 'not ready yet', 'parts'),
  'process.degraded': entry('warn', 'ready, but parts are degraded', 'parts'),
  'process.not_ready': entry('warn', 'not ready', 'parts'),
  'process.draining': entry('log', 'not ready from now on', 'signal durationMs'),
  'process.closing': entry('log', 'closing', ''),
  'process.close_failed': entry('error', 'closing failed or took too long', 'cause'),
  'process.crashed': entry('fatal', 'an unhandled rejection ends the process', 'cause'),
  'process.busy': entry('warn', 'closing with work left: a recovery will wait for this process', ''),
  'process.blocked': entry('warn', 'the event loop is blocked', 'silentMs requestId? userId? type? running'),
  'process.killed': entry(
    'fatal',
    'killing the process before the lease of a running handler ends',
    'silentMs requestId? userId? type? running',
  ),
  'process.silent': entry('warn', 'a process is silent and was taken off the list', 'processId role host'),
  'process.layout_unknown': entry('warn', 'waiting for processes of an older version to end', 'processes'),
  'process.settings_differ': entry(
    'warn',
    'other processes have settings that conflict with ours',
    'processes',
  ),
  'worker.started': entry('log', 'the worker runs', 'worker slots'),
  'worker.handing_back': entry('log', 'handing requests back', 'requests'),
  'lane.unknown': entry('warn', 'WORKER_LANES names a lane that no handler has', 'lane'),

  'store.away': entry('warn', 'a store is away', 'store cause'),
  'store.back': entry('log', 'a store is back', 'store durationMs'),
  'store.unhealthy': entry('warn', 'a store does not accept writes', 'store cause'),
  'store.misconfigured': entry('error', 'a store is misconfigured', 'store cause'),
  'store.foreign': entry('error', 'Redis serves another installation', 'cause'),
  'step.failed': entry('warn', 'a step failed', 'step cause name? requestId? userId? shard?', 'step cause'),
  'listener.failed': entry('error', 'a listener failed', 'name cause', 'name cause'),

  'shards.recovering': entry('log', 'rebuilding shards from MongoDB', 'shards'),
  'shards.recovered': entry('log', 'shards are open again', 'shards requests durationMs'),
  'recovery.waiting': entry('warn', 'a recovery waits for processes', 'processes limitMs'),
  'queue.mended': entry('error', "a user's queue was damaged in Redis and has been rebuilt", 'userId kinds'),
  'layout.raised': entry(
    'log',
    'all processes know the new layout of Redis: rebuilding all shards',
    'layout',
  ),
  'schema.raised': entry('log', 'MongoDB has a new schema', 'schema action'),
  'requests.removed': entry('log', 'requests that ended long ago were removed', 'requests'),

  'login.ended': entry('log', 'a login was attempted', 'outcome userId? sessionId? address errorCode?'),
  'proxy.unnamed': entry('warn', 'calls come through a proxy that TRUST_PROXY does not name', 'address'),
  'account.made': entry('log', 'an account was created', 'userId address'),
  'password.replaced': entry('log', 'a password was replaced', 'userId action address'),
  'password.refused': entry('log', 'a logged-in user gave a wrong password', 'userId address'),
  'key.made': entry('log', 'an API key was created', 'userId credentialId scopes address'),
  'key.first_used': entry('log', 'an API key was used for the first time', 'userId credentialId address'),
  'key.ended': entry('log', 'an API key was ended', 'userId credentialId address'),
  'lease.refused': entry(
    'warn',
    'a lease of another account was used',
    'requestId userId accountId credential credentialId',
  ),
  'admin.action': entry(
    'log',
    'admin action',
    'action params actor credential credentialId address callId outcome',
  ),
  'operator.action': entry('log', 'an operator ran a command', 'action userId? actor doneAt'),
  'target.refused': entry('warn', 'a target has no public address', 'userId host', 'userId'),
  'session.reused': entry('warn', 'a refresh token was reused: its session has ended', 'sessionId userId'),
  'secrets.resealed': entry(
    'log',
    'webhook secrets are sealed under the first secret of JWT_SECRET',
    'resealed',
  ),
  'erasure.begun': entry('log', 'the erasure of a user was requested', 'userId actor? credential?'),
  'erasure.done': entry('log', 'a user was erased', 'userId'),
  'type.invalid': entry('error', 'a declared type cannot be served: declare it again', 'type cause'),
} as const satisfies Record<string, LogEntry>;

export type LogEvent = keyof typeof LOG_EVENTS;

type ListedOf<E extends LogEvent> = Words<(typeof LOG_EVENTS)[E]['fields']>;
type Always<L> = L extends `${string}?` ? never : L;
type Sometimes<L> = L extends `${infer F}?` ? F : never;

/** The fields of an event's line besides its fixed text. */
export type FieldsOf<E extends LogEvent> = {
  readonly [F in Always<ListedOf<E>> & Field]: Fields[F];
} & { readonly [F in Sometimes<ListedOf<E>> & Field]?: Fields[F] | undefined };
