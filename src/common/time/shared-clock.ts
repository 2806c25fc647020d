/**
 * Add it to this process's monotonic time (Clock) to get the clock that all threads and processes of the machine share,
 * ms. Changing the machine's date affects neither.
 */
export const SHARED_CLOCK_OFFSET = Number(process.hrtime.bigint()) / 1e6 - performance.now();
