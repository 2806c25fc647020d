import type { ApiUser } from './cluster';
import { until } from './until';

/** What tests look at of a request. */
export interface RequestView {
  readonly id: string;
  readonly status: string;
  readonly nextAttemptAt?: string;
  readonly finishedAt?: string;
  readonly attempts: readonly {
    readonly outcome: string;
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
  await until(`${id} has ended`, async () => (await requestOf(user, id)).finishedAt !== undefined);
  return requestOf(user, id);
}
