import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { answerOf, api, type Schemas } from './client';

export type QueueView = Schemas['QueueDto'];
export type RequestView = Schemas['RequestDto'];
export type Status = RequestView['status'];
export type Policy = QueueView['onFailure'];
export type Decision = 'cancel' | 'retry' | 'dismiss';

/** Which requests are meant; all that is given must match. */
export interface Filter {
  readonly status?: Status[];
  readonly type?: string;
  readonly tag?: string;
  readonly from?: string;
  readonly to?: string;
  readonly q?: string;
}

export interface ListQuery extends Filter {
  readonly order?: 'newest' | 'oldest';
  readonly limit?: number;
  readonly cursor?: string;
}

/** What a bulk decision is about; it only counts, with `preview`. */
export interface Bulk {
  readonly filter: Omit<Filter, 'q'>;
  readonly preview: boolean;
}

/** One user's queue, as its owner, a customer in a portal, or an operator sees it. */
export interface UserApi {
  /** What links to this user's pages begin with. */
  readonly base: string;
  /** Whether the user it belongs to looks at it, and not an operator: then the routes of the user answer. */
  readonly isOwn: boolean;
  /** Whether one can also enqueue. A customer in a portal cannot. */
  readonly maySend: boolean;
  readonly mayManage: boolean;
  queue(): Promise<QueueView>;
  list(query: ListQuery): Promise<Schemas['RequestPageDto']>;
  /** The JSON text of one request, as the server wrote it. */
  requestText(id: string): Promise<string>;
  pause(): Promise<unknown>;
  resume(): Promise<unknown>;
  purge(): Promise<Schemas['PurgedDto']>;
  decide(decision: Decision, id: string): Promise<unknown>;
  decideAll(decision: Decision, bulk: Bulk): Promise<{ count: number }>;
}

const one = (id: string) => ({ params: { path: { id } } });

/** The queue of the signed-in user. */
export const ownQueue: UserApi = {
  base: '#/',
  isOwn: true,
  maySend: true,
  mayManage: true,
  queue: () => answerOf(api.GET('/queue')),
  list: (query) => answerOf(api.GET('/requests', { params: { query } })),
  requestText: (id) => answerOf(api.GET('/requests/{id}', { ...one(id), parseAs: 'text' })),
  pause: () => answerOf(api.POST('/queue/pause')),
  resume: () => answerOf(api.POST('/queue/resume')),
  purge: () => answerOf(api.DELETE('/queue/requests')),
  decide: (decision, id) => answerOf(api.POST(`/requests/{id}/${decision}`, one(id))),
  decideAll: (decision, body) => answerOf(api.POST(`/requests/${decision}`, { body })),
};

export const audit = (last: number) => answerOf(api.GET('/queue/audit', { params: { query: { last } } }));

export const setPolicy = (onFailure: Policy) => answerOf(api.PATCH('/queue', { body: { onFailure } }));

export const resendCallback = (id: string) => answerOf(api.POST('/requests/{id}/callback/resend', one(id)));

export const types = async () => (await answerOf(api.GET('/types'))).items;

/** @param body JSON text, sent as it is @param key the same for repeated calls */
export const enqueue = (body: string, key: string) =>
  answerOf(
    api.POST('/enqueue', {
      params: { header: { 'Idempotency-Key': key } },
      body: body as never,
      bodySerializer: (text) => text as unknown as string,
    }),
  );

export const UserContext = createContext<UserApi>(ownQueue);
export const useUser = () => useContext(UserContext);
