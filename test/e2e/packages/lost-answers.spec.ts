/** `@turnwise/client` when the connection breaks after the service has accepted a call. */
import { createTurnwise } from '@turnwise/client';
import { ApiUser, AppCluster } from '../../support/cluster';
import { TcpProxy } from '../../support/tcp-proxy';
import { until } from '../../support/until';

let cluster: AppCluster;
let url: string;
let proxy: TcpProxy;
beforeAll(async () => {
  cluster = await AppCluster.start();
  ({ url } = await cluster.process('all'));
  proxy = await TcpProxy.start(Number(new URL(url).port));
});
afterAll(async () => {
  await proxy.stop();
  await cluster.stop();
});

async function clientOfNewUser() {
  const user = await ApiUser.register(url);
  const turnwise = createTurnwise({ url: `http://127.0.0.1:${proxy.port}`, credential: user.token });
  const ids = async () => {
    const { items } = await user.get<{ items: { id: string }[] }>('/requests');
    return items.map(({ id }) => id);
  };
  /** Loses the first answer of a call, after the service has accepted that many requests. */
  async function withoutFirstAnswer<T>(call: () => Promise<T>, accepted: number): Promise<T> {
    proxy.mute();
    const answer = call();
    await until('they are accepted', async () => (await ids()).length === accepted);
    proxy.mend();
    return answer;
  }
  return { turnwise, ids, withoutFirstAnswer };
}

const body = { type: 'echo', payload: 1 };

it('accepts an enqueue once, and answers with its id', async () => {
  const { turnwise, ids, withoutFirstAnswer } = await clientOfNewUser();
  const { data } = await withoutFirstAnswer(() => turnwise.POST('/enqueue', { body }), 1);
  expect(await ids()).toEqual([data?.id]);
});

it('accepts a batch once, and answers with its ids', async () => {
  const { turnwise, ids, withoutFirstAnswer } = await clientOfNewUser();
  const batch = { requests: [body, body] };
  const { data } = await withoutFirstAnswer(() => turnwise.POST('/enqueue/batch', { body: batch }), 2);
  expect((await ids()).sort()).toEqual(data?.items.map(({ id }) => id).sort());
});
