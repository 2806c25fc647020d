import * as fc from 'fast-check';

/** Sequences that a test draws; MODEL_RUNS and MODEL_SEED choose more, or others. */
export const RUNS = Number(process.env.MODEL_RUNS ?? 150);
export const SEED = Number(process.env.MODEL_SEED ?? 1);

export { fc };
