import type { Permit } from '../../../src/queue/epochs/permit';
import { Begun } from '../../../src/enqueue/accept-rounds';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

it('releases its permit when both the answer and the confirm are done', async () => {
  const release = jest.fn();
  const begun = new Begun({ release } as unknown as Permit);
  let confirmed = () => {};
  begun.settle(new Promise<void>((resolve) => (confirmed = resolve)));
  begun.end();
  await nextTurn();
  expect(release).not.toHaveBeenCalled();
  confirmed();
  await nextTurn();
  expect(release).toHaveBeenCalledTimes(1);
});

it('releases it where nothing had to be confirmed', async () => {
  const release = jest.fn();
  new Begun({ release } as unknown as Permit).end();
  await nextTurn();
  expect(release).toHaveBeenCalledTimes(1);
});
