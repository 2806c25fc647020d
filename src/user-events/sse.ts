import type { UserEvent } from '../queue/user-events.service';

/** Clients come back after so long when a stream ends, ms. */
const RETRY_MS = 1_000;

/** What every stream begins with: when to come back, and what to say then. */
export const beginning = (lastId: string): string => `retry: ${RETRY_MS}\nid: ${lastId}\n\n`;

/** Keeps proxies and clients from taking a stream for dead. */
export const HEARTBEAT = ': still here\n\n';

/** Events may have been missed: the client must read the state again. */
export const reset = (lastId: string): string => `id: ${lastId}\nevent: reset\ndata: {"type":"reset"}\n\n`;

/** One event as server-sent text. Its data is one line of JSON. */
export function sseOf({ id, type, requestId, data }: UserEvent): string {
  const at = new Date(Number(id.split('-')[0])).toISOString();
  const { nextAttemptAt } = data;
  const body = {
    type,
    ...(requestId === undefined ? {} : { requestId }),
    at,
    ...data,
    ...(typeof nextAttemptAt === 'number' ? { nextAttemptAt: new Date(nextAttemptAt).toISOString() } : {}),
  };
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(body)}\n\n`;
}
