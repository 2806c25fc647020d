import { Clock } from '../../../../src/common/time/clock';
import type { LeasedJob } from '../../../../src/queue/scripts/leased-job';
import type { EpochView } from '../../../../src/queue/epochs/epoch-view.service';
import { type Settlement, UNSEEN } from '../../../../src/workers/turns/settlement';
import { ExternalClaimant, TurnKeeper } from '../../../../src/workers/external/external-claimant';
import { partOf } from '../../../support/part-of';
import { aJob, aPermit } from '../../../support/turn-parts';
import { until } from '../../../support/until';

const permit = aPermit();
const view = partOf<EpochView>({ permit: () => permit, sawSeq: () => undefined });
const job = aJob();

it('a claim loop does not spin while the job of an external claimant is looked up', async () => {
  let lookedUp: () => void = () => undefined;
  const keeper: TurnKeeper = {
    prepare: (turn) => new Promise((resolve) => (lookedUp = () => resolve({ turn, attempt: 1 }))),
    handBack: async () => undefined,
  };
  const claimant = new ExternalClaimant({ name: 'w', lanes: 'x' }, 1000, keeper, view, new Clock());
  const claimed = claimant.claim(1, 0, new AbortController().signal);
  claimant.take(job, permit, 0);
  let woken = 0;
  claimant.onFreed(() => (woken += 1));
  for (let pass = 0; pass < 100; pass++) claimant.passed();
  expect(woken).toBe(1);
  lookedUp();
  expect(await claimed).toHaveLength(1);
});

it('a claim is answered after the pass that found something, long before its time is up', async () => {
  const keeper: TurnKeeper = {
    prepare: async (turn) => ({ turn, attempt: 1 }),
    handBack: async () => undefined,
  };
  const claimant = new ExternalClaimant({ name: 'w', lanes: 'x' }, 1000, keeper, view, new Clock());
  const claimed = claimant.claim(2, 3_600_000, new AbortController().signal);
  claimant.take(job, permit, 0);
  claimant.passed();
  expect(await claimed).toHaveLength(1);
});

it('an external claimant takes no job of a shard that is being rebuilt (P1)', async () => {
  const prepared: LeasedJob[] = [];
  const keeper: TurnKeeper = {
    prepare: async (turn) => (prepared.push(turn.job), { turn, attempt: 1 }),
    handBack: async () => undefined,
  };
  const claimant = new ExternalClaimant({ name: 'w', lanes: 'x' }, 1000, keeper, view, new Clock());
  const claimed = claimant.claim(1, 0, new AbortController().signal);
  claimant.take(job, { ...permit, isValid: () => false }, 0);
  expect(prepared).toEqual([]);
  for (let pass = 0; pass < 2; pass++) claimant.passed();
  expect(await claimed).toEqual([]);
});

it('a turn that comes too late goes back unseen, and a prepared one does not', async () => {
  const back: (Settlement | undefined)[] = [];
  const keeper: TurnKeeper = {
    prepare: async (turn) => ({ turn, attempt: 1 }),
    handBack: async (_turn, how) => void back.push(how),
  };
  const claimant = new ExternalClaimant({ name: 'w', lanes: 'x' }, 1000, keeper, view, new Clock());
  claimant.take(job, permit, 0);
  const gone = new AbortController();
  const claimed = claimant.claim(1, 1000, gone.signal);
  claimant.take(job, permit, 0);
  gone.abort();
  expect(await claimed).toEqual([]);
  await until('both went back', () => back.length === 2);
  expect(back).toEqual([UNSEEN, undefined]);
});
