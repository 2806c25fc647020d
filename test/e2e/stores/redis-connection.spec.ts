import type { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { RedisOptions } from 'ioredis';
import { RedisConnection } from '../../../src/stores/redis/redis-connection';
import { Subscriptions } from '../../../src/stores/redis/subscriptions';
import { RedisCluster } from '../../support/redis-cluster';
import { RedisServer } from '../../support/redis-server';
import { TcpProxy } from '../../support/tcp-proxy';
import { until } from '../../support/until';

describe('RedisConnection', () => {
  let server: RedisServer;
  let connection: RedisConnection;
  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(async () => {
    server = await RedisServer.start();
    connection = new RedisConnection({ redisUrls: [server.url], mongodbUri: '' });
    await connection.onModuleInit();
  });
  const event = (name: string) =>
    new Promise<void>((resolve) => connection.client.once(name, () => resolve()));
  afterEach(async () => {
    connection.onApplicationShutdown();
    await server.stop();
  });

  it('serves calls once it is initialised', async () => {
    await expect(connection.client.ping()).resolves.toBe('PONG');
  });

  it('sends the calls of one turn of the event loop in one write, in their order', async () => {
    const { client } = connection;
    const { stream } = client as unknown as { stream: Socket };
    const writes = [jest.spyOn(stream, '_write'), jest.spyOn(stream, '_writev')];
    const counts = await Promise.all(Array.from({ length: 16 }, () => client.incr('n')));
    expect(counts).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
    expect(writes.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBe(1);
    await expect(client.ping()).resolves.toBe('PONG');
  });

  it('fails calls while Redis is away, and reconnects without help', async () => {
    const lost = event('close');
    await server.kill();
    await lost;
    await expect(connection.client.ping()).rejects.toThrow();
    const back = event('ready');
    await server.restart();
    await back;
    await expect(connection.client.ping()).resolves.toBe('PONG');
  });

  it('fails running commands at once when the connection breaks', async () => {
    const proxy = await TcpProxy.start(server.port);
    const behind = new RedisConnection({ redisUrls: [`redis://127.0.0.1:${proxy.port}`], mongodbUri: '' });
    await behind.onModuleInit();
    proxy.silence();
    const unanswered = behind.client.ping();
    await nextTurn(); // then it is sent
    proxy.mend();
    await expect(unanswered).rejects.not.toThrow('timed out');
    behind.onApplicationShutdown();
    await proxy.stop();
  });

  it('stays open when the connection before left commands unanswered (P5)', async () => {
    const proxy = await TcpProxy.start(server.port);
    const behind = new RedisConnection({ redisUrls: [`redis://127.0.0.1:${proxy.port}`], mongodbUri: '' });
    await behind.onModuleInit();
    let closed = 0;
    behind.client.on('close', () => (closed += 1));
    proxy.silence();
    const unanswered = expect(behind.client.ping()).rejects.toThrow();
    await nextTurn(); // then it is sent
    proxy.mend();
    await unanswered;
    await until('it is back', async () => (await behind.client.ping().catch(() => '')) === 'PONG');
    await delay(2 * (behind.client.options as RedisOptions).socketTimeout!);
    expect(closed).toBe(1);
    behind.onApplicationShutdown();
    await proxy.stop();
  });

  it('asks sentinels that are named by IPv6 addresses', () => {
    const redisUrls = ['redis+sentinel://[::1]:26380/master', 'redis+sentinel://[fd00::1]/master'];
    const sentinelled = new RedisConnection({ redisUrls, mongodbUri: '' });
    expect((sentinelled.client.options as RedisOptions).sentinels).toEqual([
      { host: '::1', port: 26_380 },
      { host: 'fd00::1', port: 26_379 },
    ]);
    sentinelled.onApplicationShutdown();
  });

  it('connects again after the connection was given up', async () => {
    const dedicated = connection.dedicated();
    for (const client of [connection.client, dedicated]) {
      await until('it is there', () => client.status === 'ready');
      client.disconnect();
    }
    await until('both are back', () =>
      [connection.client, dedicated].every(({ status }) => status === 'ready'),
    );
  });

  const subscribers = async (admin = server.client()) => {
    const told = (await admin.call('PUBSUB', 'NUMSUB', 'first', 'second')) as unknown[];
    return [told[1], told[3]];
  };

  it('subscribes again to channels whose subscription was not confirmed when the connection broke', async () => {
    const proxy = await TcpProxy.start(server.port);
    const behind = new RedisConnection({ redisUrls: [`redis://127.0.0.1:${proxy.port}`], mongodbUri: '' });
    const subscriptions = new Subscriptions(behind, { heard: () => undefined });
    await subscriptions.add('first');
    proxy.silence();
    void subscriptions.add('second');
    await delay(50);
    proxy.mend();
    await until('both channels are subscribed to', async () => String(await subscribers()) === '1,1');
    behind.onApplicationShutdown();
    await proxy.stop();
  });

  it('tells that messages were missed once it is subscribed again, and not before', async () => {
    const proxy = await TcpProxy.start(server.port);
    const behind = new RedisConnection({ redisUrls: [`redis://127.0.0.1:${proxy.port}`], mongodbUri: '' });
    let told = 0;
    const subscriptions = new Subscriptions(behind, { heard: () => undefined, ready: () => (told += 1) });
    await subscriptions.add('first');
    await until('it is notified of the first connection', () => told === 1);
    proxy.loseOne((asked) => /subscribe/i.test(asked.toString()));
    proxy.reset();
    await until('it asks to be subscribed', () => proxy.hasLostOne);
    expect(told).toBe(1);
    proxy.reset();
    await until('it is told', () => told > 1);
    expect(await subscribers()).toEqual([1, 0]);
    behind.onApplicationShutdown();
    await proxy.stop();
  });

  it('subscribes again once it is allowed to, after a refusal', async () => {
    const subscriptions = new Subscriptions(connection, { heard: () => undefined });
    await subscriptions.add('first');
    const admin = server.client();
    await admin.config('SET', 'requirepass', 'changed');
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await delay(500); // refused meanwhile
    expect(await subscribers(admin)).toEqual([0, 0]);
    await admin.config('SET', 'requirepass', '');
    await until('the channel is subscribed to', async () => String(await subscribers(admin)) === '1,0');
  });

  it.each(['lives', 'is away'])(
    'stays closed if it is told to reconnect while the server %s',
    async (state) => {
      const further = connection.dedicated();
      await further.ping();
      connection.onApplicationShutdown();
      if (state === 'is away') await server.kill();
      for (const client of [further, connection.dedicated(), connection.client]) {
        await until('it is closed', () => client.status === 'end');
        const ended = new Promise((resolve) => client.once('end', resolve));
        await client.connect().catch(() => undefined);
        await ended;
        expect(client.status).toBe('end');
      }
    },
  );

  it('sends a call of a dedicated connection to another node of a cluster if one is down', async () => {
    const cluster = await RedisCluster.start();
    for (const { client } of cluster.masters)
      await client.config('SET', 'cluster-require-full-coverage', 'no');
    await cluster.masters[0]!.server.kill();
    const ofCluster = new RedisConnection({ redisUrls: cluster.url.split(','), mongodbUri: '' });
    await ofCluster.onModuleInit();
    const calls = Array.from({ length: 20 }, () => ofCluster.dedicated().client('SETNAME', 'mine'));
    expect(await Promise.all(calls)).toEqual(calls.map(() => 'OK'));
    ofCluster.onApplicationShutdown();
    await cluster.stop();
  });

  it('gives up a call to a server that does not answer, and its connection, and sends the call nowhere else', async () => {
    server.freeze();
    const lost = event('close');
    await expect(connection.client.set('key', 'value')).rejects.toThrow();
    await lost;
    const back = event('ready');
    await server.kill();
    await server.restart();
    await back;
    await expect(connection.client.exists('key')).resolves.toBe(0);
  });
});
