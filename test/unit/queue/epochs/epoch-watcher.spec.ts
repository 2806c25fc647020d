import { Shutdown } from '../../../../src/common/process/shutdown';
import type { QueueSettings } from '../../../../src/config/settings';
import type { Admission } from '../../../../src/queue/epochs/admission.service';
import type { ProcessStore } from '../../../../src/queue/epochs/process.store';
import type { ProcessWatch } from '../../../../src/queue/epochs/process-watch.service';
import type { EpochStore } from '../../../../src/queue/epochs/epoch.store';
import type { EpochView } from '../../../../src/queue/epochs/epoch-view.service';
import { EpochWatcher } from '../../../../src/queue/epochs/epoch-watcher.service';

const VIEW_MS = 30_000;

afterEach(() => jest.useRealTimers());

it('reads the view every third of its time, and again soon while it cannot', async () => {
  jest.useFakeTimers();
  let isAway = false;
  const refresh = jest.fn(async () => {
    if (isAway) throw new Error('away');
  });
  const nothing = () => Promise.resolve();
  const stream = { close: nothing, async *[Symbol.asyncIterator]() {} };
  const watcher = new EpochWatcher(
    { watch: () => stream } as unknown as EpochStore,
    { refresh, close: nothing, whenIdle: nothing } as unknown as EpochView,
    { id: 'p1' } as ProcessStore,
    { list: async () => [] } as unknown as ProcessWatch,
    { enter: nothing, raiseLayout: nothing } as unknown as Admission,
    new Shutdown(),
    { viewMs: VIEW_MS } as QueueSettings,
  );
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
