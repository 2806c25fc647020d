import { problemOf } from '../../../src/http/problem-of';

it.each([
  'MongoNetworkError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MaxRetriesPerRequestError',
  'TimeoutError',
])('answers %s of a store with 503, retryable', (name) => {
  const problem = problemOf(Object.assign(new Error('away'), { name }));
  expect(problem).toMatchObject({ code: 'unavailable' });
});

it('answers any other error as 500', () => {
  expect(problemOf(new Error('TimeoutError'))).toMatchObject({ code: 'internal' });
});
