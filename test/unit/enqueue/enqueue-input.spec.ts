import { EnqueueInput } from '../../../src/enqueue/enqueue-input.service';
import { testSettings } from '../../support/test-settings';
import { SteppedClock } from '../../support/stepped-clock';

const clock = new SteppedClock();
let checkMs = 0;
let isValid = true;
const type = {
  ...{ type: 'echo', external: false, lane: 'main', description: undefined, example: undefined },
  ...{ timeoutMs: 1000, payloadSchema: undefined },
  validate: () => {
    clock.step(checkMs);
    return isValid ? [] : [{ pointer: '/payload', code: 'no', detail: 'it is wrong' }];
  },
};
const catalog = { find: () => Promise.resolve(type) };
let input: EnqueueInput;
beforeEach(() => {
  isValid = true;
  input = new EnqueueInput(catalog as never, clock, testSettings().requests);
});

const call = (userId: string) => ({ caller: { userId }, sourceOf: () => '1' }) as never;
const enqueue = (userId: string) => input.one({ type: 'echo', payload: 1 }, call(userId), undefined);
const refused = (retryAfter: string) => ({ code: 'rate_limited', headers: { 'retry-after': retryAfter } });

it('the time to check the payloads of one user is limited, also if they are invalid; others are not affected (P5)', async () => {
  checkMs = 600;
  await enqueue('u1');
  isValid = false;
  await expect(enqueue('u1')).rejects.toMatchObject({ code: 'validation_failed' });
  await expect(enqueue('u1')).rejects.toMatchObject(refused('10'));
  isValid = true;
  await enqueue('u2');
  clock.step(10_000);
  await enqueue('u1');
});

it('the checks of a batch count, but do not end it', async () => {
  checkMs = 600;
  const requests = Array.from({ length: 3 }, () => ({ type: 'echo', payload: 1 }));
  expect(await input.batch({ requests }, call('u1'), undefined)).toHaveLength(3);
  await expect(enqueue('u1')).rejects.toMatchObject(refused('9'));
});

it('checks of less than a millisecond count', async () => {
  checkMs = 0.9;
  for (let i = 0; i < 1112; i++) await enqueue('u1');
  await expect(enqueue('u1')).rejects.toMatchObject(refused('10'));
});
