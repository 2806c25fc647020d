/**
 * From this process's monotonic time (Clock) to the clock that all threads and processes of the machine share, ms;
 * setting the machine's date changes neither.
 */
export const SHARED_CLOCK_OFFSET = Number(process.hrtime.bigint()) / 1e6 - performance.now();
