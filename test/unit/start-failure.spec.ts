import { sentenceOf } from '../../src/start-failure';
import { testSettings } from '../support/test-settings';

it.each([
  'MongooseServerSelectionError',
  'MongoNetworkError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
])('the error %s at the start says that MongoDB cannot be reached', (name) => {
  const error = Object.assign(new Error('connection 1 closed'), { name });
  const sentence = sentenceOf(error, testSettings());
  expect(sentence).toMatch(/^MongoDB cannot be reached: .*connection 1 closed\)$/);
});
