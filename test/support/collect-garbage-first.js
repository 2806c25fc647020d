/**
 * Preloaded into a process with `--expose-gc`. The memory usage that the process reports (also on /metrics) is what it
 * holds: the garbage is collected before each report.
 */
const { memoryUsage } = process;
const afterCollecting = () => {
  globalThis.gc?.();
  return memoryUsage();
};
process.memoryUsage = Object.assign(afterCollecting, { rss: memoryUsage.rss });
