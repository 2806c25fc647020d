import { UserEvents } from '../../../src/queue/user-events.service';
import { QueueDriver } from '../../support/queue-driver';
import { QueueFixture, QueueProcess } from '../../support/queue-fixture';

let fixture: QueueFixture;
let one: QueueProcess;
let user: QueueDriver;

beforeAll(async () => {
  fixture = await QueueFixture.start();
  one = await fixture.process({ QUEUE_SHARDS: '1' });
});
afterAll(() => fixture.stop());
beforeEach(() => (user = QueueDriver.ofNewUser(one)));

const listen = (after?: string) => one.get(UserEvents).listen(user.userId, after);
const remove = (requestId: string) =>
  user.permitted((permit) => one.queues.remove(permit, user.userId, requestId));

it.each(['nothing', 'something'])(
  'a loss resets every listener that had received %s, not only the first that reconnects',
  async (heard) => {
    const begun = await listen();
    if (heard === 'something') await user.accept('a');
    const { lastId } = await listen(begun.lastId);
    // A recovery removes the marks, and has not sent what ended meanwhile; the stream may outlive it.
    await fixture.redis.client().del('{tw0}:listeners');
    const first = await listen(lastId);
    expect(first).toMatchObject({ reset: true, events: [] });
    expect(await listen(lastId)).toMatchObject({ reset: true, lastId: first.lastId });
    expect(await listen(first.lastId)).toMatchObject({ reset: false, events: [] });
  },
);

describe('a cancelled request emits one event', () => {
  const cancelled = async (after: string) =>
    (await listen(after)).events.filter(({ type }) => type === 'request.cancelled').length;

  it('when it waits, however often it is removed', async () => {
    const { lastId } = await listen();
    await user.accept('a');
    await remove('a');
    await remove('a');
    expect(await cancelled(lastId)).toBe(1);
  });

  it('when it runs: at its removal, and not again when its handler has ended', async () => {
    const { lastId } = await listen();
    await user.accept('a');
    const { token } = (await user.claim())!;
    await remove('a');
    await remove('a');
    await user.settle('a', token, { ended: 'cancelled' });
    expect(await cancelled(lastId)).toBe(1);
  });

  it('when it runs, is handed back, and is removed once more', async () => {
    const { lastId } = await listen();
    await user.accept('a');
    const { token } = (await user.claim())!;
    await remove('a');
    await user.settle('a', token, { op: 'back' });
    await remove('a');
    expect(await cancelled(lastId)).toBe(1);
  });

  it('when a worker finds it cancelled and it was never removed', async () => {
    const { lastId } = await listen();
    await user.accept('a');
    const { token } = (await user.claim())!;
    await user.settle('a', token, { ended: 'cancelled' });
    await remove('a');
    expect(await cancelled(lastId)).toBe(1);
  });
});
