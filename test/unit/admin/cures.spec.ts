import { EXPLANATIONS } from '../../../src/admin/stuck/cures';

it.each([
  ['main', 'serves the lane main'],
  ['mail', 'serves the lane mail'],
  [null, 'serves the lane main'],
  ['x.invoice', 'claims the type invoice'],
])('the cure names the worker to start for a head of the lane %s', (lane, said) => {
  const [cure] = EXPLANATIONS.no_worker.cures({ userId: 'u1', requestId: 'r1', lane });
  expect(cure?.text).toContain(said);
});

it.each(['paused', 'paused_by_admin'] as const)('the cure resumes a queue that is %s', (reason) => {
  const [cure] = EXPLANATIONS[reason].cures({ userId: 'u1', requestId: null, lane: null });
  expect(cure).toMatchObject({ method: 'POST', path: '/admin/users/u1/queue/resume' });
});
