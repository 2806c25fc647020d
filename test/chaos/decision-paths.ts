import type { DecisionKind } from './history';

/** What the paths of decisions are. */
export const PATHS: Record<DecisionKind, (id?: string) => readonly [string, string, unknown?]> = {
  cancel: (id) => ['POST', `/requests/${id}/cancel`],
  retry: (id) => ['POST', `/requests/${id}/retry`],
  dismiss: (id) => ['POST', `/requests/${id}/dismiss`],
  pause: () => ['POST', '/queue/pause'],
  resume: () => ['POST', '/queue/resume'],
  halt: () => ['PATCH', '/queue', { onFailure: 'halt' }],
  continue: () => ['PATCH', '/queue', { onFailure: 'continue' }],
};
