import { Shutdown } from '../../../../src/common/process/shutdown';
import type { QueueSettings } from '../../../../src/config/settings';
import type { Admission } from '../../../../src/queue/epochs/admission.service';
import type { ProcessStore } from '../../../../src/queue/epochs/process.store';
import type { ProcessWatch } from '../../../../src/queue/epochs/process-watch.service';
import type { EpochStore } from '../../../../src/queue/epochs/epoch.store';
import type { EpochView } from '../../../../src/queue/epochs/epoch-view.service';
import { EpochWatcher } from '../../../../src/queue/epochs/epoch-watcher.service';
import { collectLogLines } from '../../../support/log-lines';

const VIEW_MS = 30_000;

afterEach(() => jest.useRealTimers());

const nothing = () => Promise.resolve();

function watcherOf(view: object): EpochWatcher {
  const stream = { close: nothing, async *[Symbol.asyncIterator]() {} };
  return new EpochWatcher(
    { watch: () => stream } as unknown as EpochStore,
    { refresh: nothing, close: nothing, whenIdle: nothing, ...view } as unknown as EpochView,
    { id: 'p1' } as ProcessStore,
    { list: async () => [] } as unknown as ProcessWatch,
    { enter: nothing, raiseLayout: nothing } as unknown as Admission,
    new Shutdown(),
    { viewMs: VIEW_MS } as QueueSettings,
  );
}

it('the epoch view is read every third of its time, and sooner after a failure', async () => {
  jest.useFakeTimers();
  let isAway = false;
  const refresh = jest.fn(async () => {
    if (isAway) throw new Error('away');
  });
  const watcher = watcherOf({ refresh });
  const readsWithin = async (ms: number) => {
    refresh.mockClear();
    await jest.advanceTimersByTimeAsync(ms);
    return refresh.mock.calls.length;
  };

  await watcher.onModuleInit();
  expect(await readsWithin(VIEW_MS)).toBe(3);
  isAway = true;
  await readsWithin(VIEW_MS / 3);
  expect(await readsWithin(VIEW_MS / 3)).toBeGreaterThanOrEqual(10);
  isAway = false;
  await readsWithin(VIEW_MS / 3);
  expect(await readsWithin(VIEW_MS)).toBe(3);
  await watcher.beforeApplicationShutdown();
});

it('a process that cannot leave the list of processes ends, and logs it', async () => {
  const lines = collectLogLines();
  await watcherOf({ close: () => Promise.reject(new Error('no')) }).beforeApplicationShutdown();
  expect(lines).toMatchObject([{ event: 'step.failed', step: 'leave the list of processes' }]);
});
