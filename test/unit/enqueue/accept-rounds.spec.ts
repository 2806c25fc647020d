import { Try, byDeadline } from '../../../src/enqueue/accept-rounds';
import { SteppedClock } from '../../support/stepped-clock';
import { aPermit } from '../../support/turn-parts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

it('an accept releases its permit when both the answer and the confirm are done', async () => {
  const release = jest.fn();
  const thisTry = new Try(aPermit({ release }));
  let confirmed = () => {};
  thisTry.keepPermitFor(new Promise<void>((resolve) => (confirmed = resolve)));
  thisTry.end();
  await nextTurn();
  expect(release).not.toHaveBeenCalled();
  confirmed();
  await nextTurn();
  expect(release).toHaveBeenCalledTimes(1);
});

it('an accept without a confirm releases its permit at its answer', async () => {
  const release = jest.fn();
  new Try(aPermit({ release })).end();
  await nextTurn();
  expect(release).toHaveBeenCalledTimes(1);
});

it('an accept that gives up on its insert keeps its permit until the insert has ended', async () => {
  const release = jest.fn();
  const thisTry = new Try(aPermit({ release }));
  let fail = (_: Error) => {};
  const insert = new Promise<void>((_, reject) => (fail = reject));
  const answer = byDeadline(thisTry, insert, 0, new SteppedClock());
  await expect(answer).rejects.toMatchObject({ code: 'unavailable' });
  thisTry.end();
  await nextTurn();
  expect(release).not.toHaveBeenCalled();
  fail(new Error('connection lost'));
  await nextTurn();
  expect(release).toHaveBeenCalledTimes(1);
});
