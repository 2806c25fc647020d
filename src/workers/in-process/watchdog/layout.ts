/** The numbers that the main thread and the watcher share: times in ms of the clock that all threads share. */

/** When the process must be gone; 0: never. */
export const DEADLINE = 0;
/** When the main thread's event loop last ran. */
export const TURNED = 1;
/** The place (from 1) of the handler that was called and has not returned its promise yet; 0: none. */
export const CALLED = 2;
/** From here on, one number per place: when its handler was called; 0: the place is free. */
export const STARTS = 3;

/** Bytes of the text of a place: `requestId userId token leasedAt type`. */
export const TEXT_BYTES = 224;
