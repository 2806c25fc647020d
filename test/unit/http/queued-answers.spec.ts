import { once } from 'node:events';
import { AddressInfo, connect, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import Fastify, { FastifyInstance, FastifyReply } from 'fastify';
import { closeQueuedAnswers } from '../../../src/http/queued-answers';
import { until } from '../../support/until';

let fastify: FastifyInstance;
let begun: string[];
let closed: string[];
let release: (answer: string) => void;
let files: Readable[];
beforeEach(async () => {
  [begun, closed, files] = [[], [], []];
  const held = new Promise<string>((resolve) => (release = resolve));
  fastify = Fastify({ forceCloseConnections: true });
  closeQueuedAnswers(fastify);
  fastify.addHook('onRequest', ({ url }, { raw }, done) => {
    begun.push(url);
    raw.on('close', () => closed.push(url));
    done();
  });
  fastify.get('/held/:n', () => held);
  fastify.get('/quick', async () => 'quick');
  const send = (reply: FastifyReply) => {
    const file = new Readable({ read: () => undefined });
    files.push(file);
    return reply.send(file);
  };
  fastify.get('/file', (_request, reply) => send(reply));
  fastify.get('/late-file', async (_request, reply) => {
    await once(reply.raw, 'close');
    return send(reply);
  });
  await fastify.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => fastify.close());

const PATHS = ['/held/1', '/quick', '/held/2'];

/** Sends all calls over one connection, without waiting for an answer; resolves when all are served. */
async function sendTogether(paths = PATHS): Promise<Socket> {
  const socket = connect((fastify.server.address() as AddressInfo).port, '127.0.0.1');
  const last = paths.length - 1;
  const ends = (i: number) => (i === last ? 'Connection: close\r\n\r\n' : '\r\n');
  socket.write(paths.map((path, i) => `GET ${path} HTTP/1.1\r\nHost: a\r\n${ends(i)}`).join(''));
  await until('all are served', () => begun.length === paths.length);
  return socket;
}

it('closes each answer once when the connection ends, also those that wait behind another', async () => {
  (await sendTogether()).destroy();
  await until('all are closed', () => closed.length >= PATHS.length);
  release('too late');
  expect([...closed].sort()).toEqual([...PATHS].sort());
});

it('closes the files of answers that wait behind another', async () => {
  const socket = await sendTogether(['/held/1', '/file', '/file', '/late-file']);
  await until('they are open', () => files.length === 2);
  socket.destroy();
  await until('one more is opened', () => files.length === 3);
  await until('they are closed', () => files.every(({ destroyed }) => destroyed));
});

it('closes each answer once when it was sent, in their order', async () => {
  const socket = await sendTogether();
  release('held');
  expect((await text(socket)).match(/^(held|quick)/gm)).toEqual(['held', 'quick', 'held']);
  await until('all are closed', () => closed.length >= PATHS.length);
  expect(closed).toEqual(PATHS);
});
