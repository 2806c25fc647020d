import { fc } from './fast-check';
import { RealShard } from './real-shard';
import { ShardModel } from './shard-model';
import { STEPS } from './steps';

const USERS = ['u1', 'u2', 'u3'];

/** Checks in random sequences that a shard does what the model predicts. @param shrink shortens a failing sequence */
export function holds(real: RealShard, numRuns: number, seed: number, { shrink = false } = {}) {
  const sequences = fc.commands(STEPS, { maxCommands: 60, size: 'max' });
  const property = fc.asyncProperty(sequences, async (steps) => {
    const model = new ShardModel(USERS);
    await real.reset(model.epoch);
    model.lastToken = model.epoch * 2 ** 32;
    await fc.asyncModelRun(() => ({ model, real }), steps);
  });
  return fc.check(property, { numRuns, seed, endOnFailure: !shrink });
}
