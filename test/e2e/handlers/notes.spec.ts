/** Progress and log lines of handlers, and where the API shows them. */
import { Module } from '@nestjs/common';
import { AttemptFailure, Handler, RequestContext, RequestHandler } from '../../../src/handlers';
import { LiveNotesStore } from '../../../src/journal/live-notes.service';
import { ApiUser } from '../../support/cluster';
import { ended, requestOf } from '../../support/enqueued';
import { EventReader } from '../../support/event-reader';
import { startTestApp, TestApp } from '../../support/test-app';
import { until } from '../../support/until';

interface Notes {
  readonly progress?: { readonly done: number; readonly text?: string; readonly at: string };
  readonly log?: readonly { readonly level: string; readonly text: string; readonly at: string }[];
}
interface View {
  readonly status: string;
  readonly running?: Notes & { readonly attempt: number };
  readonly attempts: readonly (Notes & { readonly outcome: string })[];
}

/** Ends the running attempt. */
let finish: (how: 'succeed' | 'fail') => void;
let context: RequestContext;

@RequestHandler('tell')
class TellingHandler implements Handler {
  async handle(_payload: unknown, given: RequestContext): Promise<void> {
    context = given;
    given.progress(0.4, '40 of 100');
    given.log.log(`attempt ${given.attempt}`);
    given.log.debug('not shown');
    given.log.error({ odd: true });
    if ((await new Promise<string>((resolve) => (finish = resolve))) === 'succeed') return;
    throw new AttemptFailure('asked to fail');
  }
}

@Module({ providers: [TellingHandler] })
class OwnModule {}

let app: TestApp;
let user: ApiUser;
beforeAll(async () => {
  app = await startTestApp({}, [OwnModule]);
  user = await ApiUser.register(app.url);
});
afterAll(() => app.close());

const told = (attempt: number): Notes => ({
  progress: { done: 0.4, text: '40 of 100', at: expect.any(String) },
  log: [
    { level: 'info', text: `attempt ${attempt}`, at: expect.any(String) },
    { level: 'error', text: '{ odd: true }', at: expect.any(String) },
  ],
});

const view = (id: string) => requestOf<View>(user, id);
const untilRunning = (id: string, attempt: number) =>
  until(`the notes of attempt ${attempt} are seen`, async () => {
    const { running } = await view(id);
    return running?.attempt === attempt && running.log !== undefined;
  });

it('the API shows the notes of an attempt while it runs, and after it has ended', async () => {
  const backoff = { type: 'fixed', delayMs: 3_600_000 };
  const id = await user.enqueue({ type: 'tell', payload: null, backoff });
  await untilRunning(id, 1);
  expect((await view(id)).running).toEqual({ attempt: 1, ...told(1) });
  finish('fail');
  let waiting: View | undefined;
  await until('it waits', async () => (waiting = await view(id)).status === 'retrying');
  expect(waiting).not.toHaveProperty('running');
  expect((await user.call('POST', `/requests/${id}/retry`)).status).toBe(200);
  await untilRunning(id, 2);
  context.log.warn('the last words');
  finish('succeed');
  await ended(user, id);
  const { attempts, running } = await view(id);
  expect(running).toBeUndefined();
  expect(attempts).toMatchObject([{ outcome: 'failed', ...told(1) }, { outcome: 'succeeded' }]);
  expect(attempts[1]?.log?.map(({ text }) => text)).toEqual(['attempt 2', '{ odd: true }', 'the last words']);
});

it('the event stream sends notes while the handler runs', async () => {
  const reader = await EventReader.open(user);
  const id = await user.enqueue({ type: 'tell', payload: null });
  await until('the progress arrives', () => reader.of(id).includes('request.progress'));
  finish('succeed');
  await until('the end arrives', () => reader.of(id).includes('request.succeeded'));
  reader.close();
  const { data } = reader.events.find(({ event }) => event === 'request.progress')!;
  expect(data).toMatchObject({ requestId: id, attempt: 1, ...told(1) });
  expect(reader.of(id).at(-1)).toBe('request.succeeded');
});

it('lists of requests leave out the lines of notes', async () => {
  const { items } = await user.get<{ items: View[] }>('/requests');
  expect(items[0]?.attempts[0]).toHaveProperty('progress');
  expect(items[0]?.attempts[0]).not.toHaveProperty('log');
});

it('late notes of an older attempt or of an ended request are dropped', async () => {
  const id = await user.enqueue({ type: 'tell', payload: null });
  await untilRunning(id, 1);
  const store = app.app.get(LiveNotesStore);
  const late = { attempt: 1, log: [{ at: new Date(), level: 'info' as const, text: 'late' }] };
  await store.write([{ userId: 'u1', requestId: id, token: -1, notes: late }]);
  expect((await view(id)).running).toEqual({ attempt: 1, ...told(1) });
  finish('succeed');
  await ended(user, id);
  await store.write([{ userId: 'u1', requestId: id, token: context.fencingToken, notes: late }]);
  expect(JSON.stringify(await view(id))).not.toContain('late');
});
