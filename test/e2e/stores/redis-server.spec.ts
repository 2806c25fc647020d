/** The Redis servers that tests and `npm start` use. */
import { RedisServer, RedisServerOptions } from '../../support/redis-server';
import { until } from '../../support/until';

const servers: RedisServer[] = [];
afterEach(() => Promise.all(servers.map((server) => server.stop())));

async function start(options?: RedisServerOptions): Promise<RedisServer> {
  const server = await RedisServer.start(options);
  servers.push(server);
  return server;
}

it('a server starts empty, although another one with its folder was a replica with data', async () => {
  const first = await start();
  await first.client().set('known', 'to the first');
  const second = await start({ args: ['--replicaof', '127.0.0.1', String(first.port)] });
  await until('the second follows', async () => (await second.client().dbsize()) === 1);
  const third = await start();
  expect(await third.client().dbsize()).toBe(0);
});
