import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisConnection } from '../../../src/common/redis/redis-connection';
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

  it('takes calls once it is initialised', async () => {
    await expect(connection.client.ping()).resolves.toBe('PONG');
  });

  it('fails calls while Redis is away, and comes back by itself', async () => {
    const lost = event('close');
    await server.kill();
    await lost;
    await expect(connection.client.ping()).rejects.toThrow();
    const back = event('ready');
    await server.restart();
    await back;
    await expect(connection.client.ping()).resolves.toBe('PONG');
  });

  it('subscribes again to what was not confirmed when the connection broke', async () => {
    const proxy = await TcpProxy.start(server.port);
    const behind = new RedisConnection({ redisUrls: [`redis://127.0.0.1:${proxy.port}`], mongodbUri: '' });
    const further = behind.dedicated();
    await further.subscribe('first');
    proxy.silence();
    void further.subscribe('second').catch(() => undefined);
    await until('it is sent', () => (further as Redis).commandQueue.length === 1);
    proxy.mend();
    const subscribers = async () =>
      (await connection.client.call('PUBSUB', 'NUMSUB', 'first', 'second')) as unknown[];
    await until('both are heard', async () => (await subscribers()).filter((n) => n === 1).length === 2);
    behind.onApplicationShutdown();
    await proxy.stop();
  });

  it.each(['lives', 'is away'])(
    'stays closed if somebody connects it again while the server %s',
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

  it('gives up a call, and the connection, of a server that answers nothing, and sends the call to no other', async () => {
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
