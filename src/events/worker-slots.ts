/**
 * The state of the slots of a process's in-process worker. `free`: can be taken now. `closed`: free, but nothing
 * starts, because the process is ending or has no valid view of the queues. `running`: a handler runs. `isolated`: a
 * suspect runs in an isolated process, or waits for it to start. `stopping`: its handler was told to stop and still
 * runs. `settling`: its request is looked up or recorded.
 */
export const SLOT_STATES = ['free', 'closed', 'running', 'isolated', 'stopping', 'settling'] as const;

export type SlotState = (typeof SLOT_STATES)[number];

/** Number of slots by state; together, all slots of the worker. */
export type Slots = Readonly<Record<SlotState, number>>;

/** The slots of this process's worker. The workers implement it; metrics and the list of processes read it. */
export abstract class WorkerSlots {
  abstract read(): Slots;
}
