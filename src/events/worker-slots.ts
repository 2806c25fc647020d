/**
 * What the slots of a process's own worker are doing. `free`: one can be taken now. `closed`: free, but nothing is begun,
 * because the process is ending or has no valid view of the queues. `running`: a handler runs. `isolated`: a suspect is tried in
 * a process of its own, or waits for that to start. `stopping`: its handler was told to stop, and goes on. `settling`: its
 * request is checked or recorded.
 */
export const SLOT_STATES = ['free', 'closed', 'running', 'isolated', 'stopping', 'settling'] as const;

export type SlotState = (typeof SLOT_STATES)[number];

/** Slots by state; together all that the worker has. */
export type Slots = Readonly<Record<SlotState, number>>;

/** The slots of this process's worker. The workers implement it; metrics and the list of processes read it. */
export abstract class WorkerSlots {
  abstract read(): Slots;
}
