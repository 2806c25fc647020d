/** The numbers that the main thread and the watcher share: times in ms of the clock that all threads share. */

/** When the process must be gone; 0: never. */
export const DEADLINE = 0;
/** When the main thread's event loop turned last. */
export const TURNED = 1;
/** The place, from 1, of the handler that was called and has not given its promise yet; 0: of none. */
export const CALLED = 2;
/** From here on, by place: when the handler there was called; 0: the place is free. */
export const STARTS = 3;

/** Bytes of the text of a place: `requestId userId token leasedAt type`. */
export const TEXT_BYTES = 224;
