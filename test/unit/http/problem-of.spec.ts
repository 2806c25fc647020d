import { problemOf } from '../../../src/http/problem-of';

it.each([
  'MongoNetworkError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MaxRetriesPerRequestError',
  'TimeoutError',
])('the error %s of a store becomes 503, retryable', (name) => {
  const problem = problemOf(Object.assign(new Error('away'), { name }));
  expect(problem).toMatchObject({ code: 'unavailable' });
});

it('any other error becomes 500', () => {
  expect(problemOf(new Error('TimeoutError'))).toMatchObject({ code: 'internal' });
});
