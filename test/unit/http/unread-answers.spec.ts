import { once } from 'node:events';
import { AddressInfo, connect, Socket } from 'node:net';
import { Readable } from 'node:stream';
import Fastify, { FastifyInstance } from 'fastify';
import { keepPayer } from '../../../src/common/flow/payer';
import { HttpSettings } from '../../../src/config/settings';
import { EventBus } from '../../../src/events/event-bus';
import { countServedCalls } from '../../../src/http/served-calls';
import { UnreadAnswers } from '../../../src/http/unread-answers';
import { until } from '../../support/until';

const MB = 1024 * 1024;
/** More than the operating system buffers for a connection that is not read. */
const LARGE = 16 * MB;

let fastify: FastifyInstance;
let sockets: Socket[] = [];
let cuts: string[] = [];
/** Answers that were ready after their clients had gone. */
let answered = 0;

/** @param largeFit the number of LARGE answers that may be unread in all; a quarter of them for one payer */
async function start(largeFit: number, stalledMs?: number): Promise<void> {
  [sockets, cuts, answered] = [[], [], 0];
  fastify = Fastify({ forceCloseConnections: true, keepAliveTimeout: 1000, trustProxy: true });
  countServedCalls(fastify);
  const events = new EventBus();
  events.on('connection.cut', ({ reason }) => cuts.push(reason));
  const settings = { unreadBytes: largeFit * LARGE } as HttpSettings;
  new UnreadAnswers(settings, events).watch(fastify, stalledMs);
  fastify.get<{ Params: { payer: string } }>('/large/:payer', (request, reply) => {
    keepPayer(request, request.params.payer);
    return reply.send('x'.repeat(LARGE));
  });
  fastify.get('/strange', (_request, reply) => reply.send('x'.repeat(LARGE)));
  fastify.get('/pieces/:payer', (request, reply) => {
    keepPayer(request, 'one');
    return reply.send(Readable.from(Array.from({ length: LARGE / MB }, () => Buffer.alloc(MB))));
  });
  fastify.get('/abandoned', async (request, reply) => {
    keepPayer(request, 'one');
    await once(reply.raw, 'close');
    answered += 1;
    return 'x'.repeat(LARGE);
  });
  fastify.get<{ Querystring: { ms: string } }>('/late', async ({ query }) => {
    await new Promise((resolve) => setTimeout(resolve, Number(query.ms)));
    return 'late';
  });
  await fastify.listen({ host: '127.0.0.1', port: 0 });
}
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await fastify.close();
});

const portOf = () => (fastify.server.address() as AddressInfo).port;

const neverRead = (payer: string, path = 'large') => unreadAnswer(`/${path}/${payer}`);

/** Requests an answer and does not read it. Resolves when its first byte has arrived. */
async function unreadAnswer(path: string, address = '192.0.2.1'): Promise<Socket> {
  const socket = connect(portOf(), '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ${address}\r\n\r\n`);
  await once(socket, 'readable'); // it reads as much as its buffer takes, and then stops
  return socket;
}

/** Which of the connections are open: a closed one shows this when it is read. */
async function whole(...asked: Socket[]): Promise<boolean[]> {
  return Promise.all(
    asked.map(async (socket) => {
      let bytes = 0;
      socket.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes >= LARGE) socket.destroy();
      });
      await once(socket, 'close');
      return bytes >= LARGE;
    }),
  );
}

it('an account with more than a quarter of the unread bytes loses its oldest answer, and no other account does', async () => {
  await start(8);
  const other = await neverRead('other');
  const [first, second] = [await neverRead('one'), await neverRead('one')];
  expect(cuts).toEqual([]);
  const third = await neverRead('one');
  expect(cuts).toEqual(['unread']);
  expect(await whole(other, first, second, third)).toEqual([true, false, true, true]);
});

it('strangers of one IPv6 network share a quarter of the unread bytes', async () => {
  await start(8);
  const asked: Socket[] = [];
  for (const address of ['2001:db8:0:1::1', '2001:db8:0:1::2', '2001:db8:0:2::1'])
    asked.push(await unreadAnswer('/strange', address));
  expect(cuts).toEqual([]);
  asked.push(await unreadAnswer('/strange', '2001:db8:0:1::3'));
  expect(cuts).toEqual(['unread']);
  expect(await whole(...asked)).toEqual([false, true, true, true]);
});

it('the oldest answer of all is dropped if all together have too many unread bytes', async () => {
  await start(4);
  const asked: Socket[] = [];
  for (const payer of ['a', 'b', 'c', 'd']) asked.push(await neverRead(payer));
  expect(cuts).toEqual([]);
  asked.push(await neverRead('e'));
  expect(cuts).toEqual(['unread']);
  expect(await whole(...asked)).toEqual([false, true, true, true, true]);
});

it('counts an answer that is sent in pieces by what it keeps in memory: two of them fit here', async () => {
  await start(1 / 16);
  const [first, second] = [await neverRead('one', 'pieces'), await neverRead('one', 'pieces')];
  expect(cuts).toEqual([]);
  const third = await neverRead('one', 'pieces');
  expect(cuts).toEqual(['unread']);
  expect(await whole(first, second, third)).toEqual([false, true, true]);
});

it('an answer that was read, or whose client has gone, does not count as unread', async () => {
  await start(4);
  for (let i = 0; i < 6; i++) expect(await whole(await neverRead('one'))).toEqual([true]);
  for (let i = 0; i < 3; i++) {
    const socket = await neverRead('one');
    socket.destroy();
    await until('the server has closed the connection', async () => (await connections()) === 0);
  }
  expect(cuts).toEqual([]);
});

it('does not count an answer whose client had gone before it was ready', async () => {
  await start(4);
  for (let i = 0; i < 3; i++) {
    const socket = connect(portOf(), '127.0.0.1');
    socket.write('GET /abandoned HTTP/1.1\r\nHost: a\r\n\r\n', () => socket.destroy());
    await until('its answer is ready', () => answered > i);
  }
  expect(await whole(await neverRead('one'))).toEqual([true]);
  expect(cuts).toEqual([]);
});

it('a client that reads nothing for a while is disconnected, however little is unread', async () => {
  await start(100, 100);
  await neverRead('one');
  await until('it is cut', () => Promise.resolve(cuts.length > 0));
  expect(cuts).toEqual(['stalled']);
});

it('a call may wait longer for its answer than a connection may be idle', async () => {
  await start(100, 50);
  const socket = connect(portOf(), '127.0.0.1');
  sockets.push(socket);
  socket.write('GET /late?ms=500 HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(String((await once(socket, 'data'))[0])).toContain('200 OK');
  await once(socket.resume(), 'close');
  expect(cuts).toEqual([]);
});

const connections = () =>
  new Promise<number>((resolve) => fastify.server.getConnections((_, count) => resolve(count)));
