import * as fc from 'fast-check';

/** The number of sequences that a test draws, and their seed; MODEL_RUNS and MODEL_SEED change them. */
export const RUNS = Number(process.env.MODEL_RUNS ?? 150);
export const SEED = Number(process.env.MODEL_SEED ?? 1);

export { fc };
