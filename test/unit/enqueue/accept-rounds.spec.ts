import { Begun } from '../../../src/enqueue/accept-rounds';
import { aPermit } from '../../support/turn-parts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

it('an accept releases its permit when both the answer and the confirm are done', async () => {
  const release = jest.fn();
  const begun = new Begun(aPermit({ release }));
  let confirmed = () => {};
  begun.continueWith(new Promise<void>((resolve) => (confirmed = resolve)));
  begun.end();
  await nextTurn();
  expect(release).not.toHaveBeenCalled();
  confirmed();
  await nextTurn();
  expect(release).toHaveBeenCalledTimes(1);
});

it('an accept without a confirm releases its permit at its answer', async () => {
  const release = jest.fn();
  new Begun(aPermit({ release })).end();
  await nextTurn();
  expect(release).toHaveBeenCalledTimes(1);
});
