/**
 * Preloaded into a process with `--expose-gc`: what it says it uses (also on /metrics) is what it holds, whatever
 * the collector had not come to yet.
 */
const { memoryUsage } = process;
const afterCollecting = () => {
  globalThis.gc?.();
  return memoryUsage();
};
process.memoryUsage = Object.assign(afterCollecting, { rss: memoryUsage.rss });
