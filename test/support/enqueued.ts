import { randomUUID } from 'node:crypto';
import type { ApiUser } from './cluster';
import { until } from './until';

/** The fields of a request that tests look at. */
export interface RequestView {
  readonly id: string;
  readonly seq: number;
  readonly status: string;
  readonly nextAttemptAt?: string;
  readonly finishedAt?: string;
  readonly attempts: readonly {
    readonly outcome: string;
    readonly startedAt: string;
    readonly finishedAt?: string;
    readonly error?: { readonly code: string; readonly details?: unknown };
  }[];
  readonly error?: { readonly code: string };
  readonly result?: Record<string, unknown>;
}

/** Reads one of the user's requests. */
export const requestOf = <T = RequestView>(user: ApiUser, id: string) => user.get<T>(`/requests/${id}`);

/** Waits until a request has ended, and returns it. */
export async function ended(user: ApiUser, id: string): Promise<RequestView> {
  let view!: RequestView;
  await until(`${id} has ended`, async () => (view = await requestOf(user, id)).finishedAt !== undefined);
  return view;
}

/** Enqueues a body of exact JSON text. After a 503 (no shard is open yet) it repeats the call with the same key. */
export async function enqueueText(user: ApiUser, body: string): Promise<string> {
  const headers = {
    authorization: `Bearer ${user.token}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  };
  const url = typeof user.url === 'string' ? user.url : user.url();
  let id = '';
  await until('it is accepted', async () => {
    const answer = await fetch(`${url}/enqueue`, { method: 'POST', headers, body });
    const json = (await answer.json()) as { id: string };
    if (answer.status === 202) id = json.id;
    else if (answer.status !== 503) throw new Error(`enqueue: ${answer.status} ${JSON.stringify(json)}`);
    return id !== '';
  });
  return id;
}
