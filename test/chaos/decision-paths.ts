import type { DecisionKind } from './history';

/** What the paths of decisions are. */
export const PATHS: Record<
  Exclude<DecisionKind, 'limit' | 'erase' | 'erased'>,
  (id?: string) => readonly [string, string, unknown?]
> = {
  cancel: (id) => ['POST', `/requests/${id}/cancel`],
  retry: (id) => ['POST', `/requests/${id}/retry`],
  dismiss: (id) => ['POST', `/requests/${id}/dismiss`],
  pause: () => ['POST', '/queue/pause'],
  resume: () => ['POST', '/queue/resume'],
  halt: () => ['PATCH', '/queue', { onFailure: 'halt' }],
  cancelRest: () => ['PATCH', '/queue', { onFailure: 'cancel-rest' }],
  purge: () => ['DELETE', '/queue/requests'],
  continue: () => ['PATCH', '/queue', { onFailure: 'continue' }],
};
