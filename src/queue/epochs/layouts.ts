/**
 * The layout of Redis: which keys and fields the scripts use, and what they mean. Its number changes when scripts of
 * an older version could not work on what newer ones write. 1 is the layout of 0.1.0.
 *
 * The view says which layout is in force. A process uses that layout, and lists the layouts that it knows. When all
 * listed processes know a newer one, one process raises it and all epochs in one write, and every shard is rebuilt
 * from MongoDB in the new layout. (queue/epochs/admission.service.ts)
 */
export abstract class Layouts {
  abstract readonly min: number;
  abstract readonly max: number;
}

/**
 * The layouts that this version can work in. A version that introduces layout n + 1 also knows n, as long as upgrades
 * from n are supported.
 */
export const LAYOUTS: Layouts = { min: 2, max: 2 };

/** The newest layout that all of these processes know. */
export const newestCommon = (all: readonly Layouts[]): number => Math.min(...all.map(({ max }) => max));
