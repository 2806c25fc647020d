import { until } from './until';

/** Whether a process can serve; false too while nobody is there. */
export const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Waits until a process can serve: before, it answers 503, because it knows of no open shard. */
export const untilReady = (url: string) => until(`${url} is ready`, () => isReady(url));
