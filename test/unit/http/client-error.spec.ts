import { once } from 'node:events';
import type { ServerOptions } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { fastify, FastifyInstance } from 'fastify';
import { answerClientError } from '../../../src/http/client-error';
import { countServedCalls } from '../../../src/http/served-calls';

const TIMEOUT_MS = 500;

/** With the timeout, and with Node's of a minute. */
let hasty: FastifyInstance;
let patient: FastifyInstance;
let served = 0;
beforeAll(async () => {
  hasty = await listening({ headersTimeout: TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_MS });
  patient = await listening({});
});
afterAll(() => Promise.all([hasty.close(), patient.close()]));

async function listening(http: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({ http, clientErrorHandler: answerClientError });
  countServedCalls(app);
  app.post('/dismiss', async () => {
    served += 1;
    await delay(50);
    return 'done';
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app;
}

/** Blocks the event loop: nothing is read and no timer runs, as in a process that is frozen. */
const freeze = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

async function connection(app: FastifyInstance): Promise<Socket> {
  const connected = once(app.server, 'connection');
  const client = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  await Promise.all([connected, once(client, 'connect')]);
  return client;
}
const CALL = 'POST /dismiss HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n';

beforeEach(() => {
  served = 0;
});

it('a call on a connection that was silent for too long is not served, although it came while the process was frozen', async () => {
  const client = await connection(hasty);
  client.write(CALL);
  freeze(2 * TIMEOUT_MS);
  expect(await text(client).catch(() => 'reset')).toMatch(/^(reset)?$/);
  expect(served).toBe(0);
});

it('an incomplete call is answered with 408 in time', async () => {
  const client = await connection(hasty);
  client.write(CALL.slice(0, 20));
  expect(await text(client)).toMatch(/^HTTP\/1.1 408 /);
});

it('an incomplete call is not served, although its end came while the process was frozen', async () => {
  const accepted = once(hasty.server, 'connection') as Promise<[Socket]>;
  const client = await connection(hasty);
  const [accepting] = await accepted;
  client.write(CALL.slice(0, 20));
  while (accepting.bytesRead === 0) await nextTurn();
  client.write(CALL.slice(20));
  freeze(2 * TIMEOUT_MS);
  expect(await text(client).catch(() => 'reset')).toMatch(/^(HTTP\/1.1 408 |reset|$)/);
  expect(served).toBe(0);
});

it('a running call gets its own answer, whatever follows it on the connection', async () => {
  const client = await connection(patient);
  client.write(`${CALL}this is not HTTP\r\n\r\n`);
  expect(await text(client).catch(() => 'reset')).toMatch(/^(HTTP\/1.1 200 |reset|$)/);
  expect(served).toBe(1);
});

it('invalid HTTP is answered with 400', async () => {
  const client = await connection(patient);
  client.write('this is not HTTP\r\n\r\n');
  expect(await text(client)).toMatch(/^HTTP\/1.1 400 /);
});
