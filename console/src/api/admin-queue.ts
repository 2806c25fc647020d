import { answerOf, api } from './client';
import type { UserApi } from './user-api';

/** The queue of any user, for an operator. Read-only until the operator chooses to act. */
export const queueOf = (id: string, mayManage: boolean): UserApi => {
  const user = { params: { path: { id } } };
  const one = (requestId: string) => ({ params: { path: { id, requestId } } });
  return {
    base: `#/admin/users/${encodeURIComponent(id)}/`,
    isOwn: false,
    maySend: false,
    mayManage,
    queue: () => answerOf(api.GET('/admin/users/{id}/queue', user)),
    list: (query) => answerOf(api.GET('/admin/users/{id}/requests', { params: { path: { id }, query } })),
    requestText: (requestId) =>
      answerOf(api.GET('/admin/users/{id}/requests/{requestId}', { ...one(requestId), parseAs: 'text' })),
    pause: () => answerOf(api.POST('/admin/users/{id}/queue/pause', user)),
    resume: () => answerOf(api.POST('/admin/users/{id}/queue/resume', user)),
    purge: () => answerOf(api.DELETE('/admin/users/{id}/queue/requests', user)),
    decide: (decision, requestId) =>
      answerOf(api.POST(`/admin/users/{id}/requests/{requestId}/${decision}`, one(requestId))),
    decideAll: (decision, body) =>
      answerOf(api.POST(`/admin/users/{id}/requests/${decision}`, { ...user, body })),
  };
};
