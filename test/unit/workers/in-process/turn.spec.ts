import { Turn } from '../../../../src/workers/in-process/turn';
import { SteppedClock } from '../../../support/stepped-clock';
import { aJob, aPermit, aTurn } from '../../../support/turn-parts';

const LEASE_MS = 10_000;

const clock = new SteppedClock();
const permit = { ...aPermit(), validUntil: 0 };
const turns: Turn[] = [];
function begin(viewEnds: number): Turn {
  clock.now = 0;
  permit.validUntil = viewEnds;
  const turn = new Turn(aJob(), permit, 0, LEASE_MS, clock, 0);
  turns.push(turn);
  return turn;
}
afterEach(() => turns.splice(0).forEach((turn) => turn.end()));

it('a turn must have ended by the end of its lease, as renewed', () => {
  const turn = begin(30_000);
  expect(turn.goneBy).toBe(LEASE_MS);
  clock.now = 3000;
  turn.renewed(3000);
  expect(turn.goneBy).toBe(3000 + LEASE_MS);
});

it('a turn must have ended before a recovery stops waiting for the view, although the lease continues (P1)', () => {
  const turn = begin(12_000);
  clock.now = 7000;
  turn.renewed(7000);
  expect(turn.goneBy).toBe(12_000 + 1000);
  permit.validUntil = 20_000; // the view was read again
  expect(turn.goneBy).toBe(7000 + LEASE_MS);
});

it('a turn keeps the end of its view once another epoch was seen (P1)', () => {
  const turn = begin(5000);
  expect(turn.goneBy).toBe(6000);
  permit.validUntil = -Infinity;
  expect(turn.goneBy).toBe(6000);
});

it('a turn is not resumed by a renewal that comes too late (P1)', () => {
  const turn = begin(30_000);
  clock.now = 0.8 * LEASE_MS;
  turn.renewed(0.7 * LEASE_MS);
  expect([turn.mayAct, turn.goneBy]).toEqual([false, LEASE_MS]);
});

it('a payload is parsed once, even if it is null', () => {
  const turn = aTurn(null);
  turns.push(turn);
  const parse = jest.spyOn(JSON, 'parse');
  expect([turn.payload(), turn.payload()]).toEqual([null, null]);
  expect(parse).toHaveBeenCalledTimes(1);
  parse.mockRestore();
});
