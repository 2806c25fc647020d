/**
 * The promises under chaos: real processes, a real Redis with a replica and a real MongoDB, with faults drawn by a seed, while
 * correct clients send requests and make decisions. Judged only by what the clients and the target saw
 * (test/chaos/check-history.ts).
 *
 * `npm run chaos` makes longer runs and others, and controls: docs/chaos.md.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { violationsOf } from '../chaos/check-history';
import { CONTROL_VARIABLES, CONTROL_STEADY_MS, ControlName, CONTROLS } from '../chaos/controls';
import type { FaultName } from '../chaos/faults/all';
import { figuresOf } from '../chaos/figures';
import { runChaos } from '../chaos/run';

const {
  CHAOS_MINUTES = '0.5',
  CHAOS_SEED = '1',
  CHAOS_WITHOUT,
  CHAOS_FAULTS,
  CHAOS_OLD,
  CHAOS_REPORT,
} = process.env;
const minutes = Number(CHAOS_MINUTES);
const seed = Number(CHAOS_SEED);
const without = CHAOS_WITHOUT as ControlName | undefined;
const named = CHAOS_FAULTS?.split(',') as FaultName[] | undefined;
/** An application without one rule of the protocol. */
const PROGRAM = join(__dirname, '../support/programs/without-rule.js');

jest.setTimeout((minutes + 10) * 60_000);

it(`every promise holds for ${minutes} minutes of seed ${seed}`, async () => {
  const faults = named ?? (without && CONTROLS[without]);
  const control = without && {
    program: PROGRAM,
    variables: { WITHOUT_RULE: without, ...CONTROL_VARIABLES[without] },
    steadyMs: CONTROL_STEADY_MS[without],
  };
  const run = await runChaos({ minutes, seed, faults, old: CHAOS_OLD, ...control });
  const violations = violationsOf(run.history);
  const figures = { seed, minutes, without, ...figuresOf(run, violations) };
  if (CHAOS_REPORT !== undefined) {
    writeFileSync(CHAOS_REPORT, JSON.stringify(figures));
    writeFileSync(`${CHAOS_REPORT}.history`, JSON.stringify({ violations, ...run }, null, 1));
  }
  if (without) expect(violations).not.toEqual([]);
  else expect({ violations: violations.slice(0, 20), figures }).toEqual({ violations: [], figures });
});
