import { once } from 'node:events';
import { createServer, Server, ServerResponse } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import { EventStream } from '../../../src/user-events/event-stream';
import { isEventId, isLater } from '../../../src/user-events/event-id';
import { HEARTBEAT } from '../../../src/user-events/sse';
import { UserFeed } from '../../../src/user-events/user-feed';
import { until } from '../../support/until';

let server: Server;
let socket: Socket;
let response: ServerResponse;

beforeEach(async () => {
  server = createServer((_request, given) => (response = given)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await once(server, 'request');
});
afterEach(() => {
  jest.useRealTimers();
  socket.destroy();
  server.close();
});

const stream = (mayGoOn = () => Promise.resolve(true)) => new EventStream(response, mayGoOn);

it('a stream disconnects a client that does not read, and buffers no more than a limit for it', () => {
  const slow = stream();
  let ends = 0;
  slow.onEnd(() => (ends += 1));
  slow.begin({});
  let sent = 0;
  while (ends === 0 && sent < 100_000_000) {
    slow.send('x'.repeat(65_536));
    sent += 65_536;
  }
  expect(ends).toBe(1);
  expect(response.destroyed).toBe(true);
});

it.each([
  ['has missed', '1-0'],
  ['has not read yet', undefined],
])('sends a reading client all that it %s, even megabytes', async (_what, after) => {
  const events = Array.from({ length: 1_000 }, (_, i) => ({
    ...{ id: `${i + 2}-0`, type: 'request.progress', requestId: 'r1' },
    data: { text: 'x'.repeat(1_000) },
  }));
  const answers = [
    { reset: false, lastId: '1-0', events: [] },
    { reset: false, lastId: '1001-0', events },
  ];
  const feed = new UserFeed(() => Promise.resolve(answers.shift()!));
  let text = '';
  socket.on('data', (part: Buffer) => (text += part.toString())).resume();
  const reading = stream();
  await feed.join(reading, after);
  reading.begin({});
  if (after === undefined) feed.wake();
  await until('all have come', () => text.split('event: request.progress').length - 1 === events.length);
  reading.end();
});

it('answers a client if its stream ended before it began', async () => {
  let text = '';
  socket.on('data', (part: Buffer) => (text += part.toString())).resume();
  const over = stream();
  over.end();
  over.begin({});
  await until('the answer has ended', () => text.endsWith('\r\n0\r\n\r\n'));
});

it('a stream tells a late listener that it has ended', async () => {
  const gone = stream();
  socket.destroy();
  await once(response, 'close');
  let ends = 0;
  gone.onEnd(() => (ends += 1));
  expect(ends).toBe(1);
});

it('a stream sends events that came before it started', async () => {
  socket.resume();
  const early = stream();
  early.send('first\n');
  early.begin({ 'x-request-id': 'r1' });
  early.end();
  let text = '';
  socket.on('data', (part: Buffer) => (text += part.toString()));
  await once(response, 'close');
  await once(socket, 'data').catch(() => undefined);
  expect(text).toContain('x-request-id: r1');
  expect(text).toContain('first');
});

it('a stream is silent for at most 15 seconds, and has no timer after its end', async () => {
  // Sockets use the real clock.
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout'] });
  let text = '';
  socket.on('data', (part: Buffer) => (text += part.toString())).resume();
  const quiet = stream();
  quiet.begin({});
  for (const beats of [1, 2, 3]) {
    jest.advanceTimersByTime(15_000);
    await until(`${beats} heartbeats arrive`, () => text.split(HEARTBEAT).length - 1 === beats);
  }
  quiet.end();
  expect(jest.getTimerCount()).toBe(0);
});

it('the IDs of events are compared as numbers', () => {
  expect(isLater('10-2', '9-10')).toBe(true);
  expect(isLater('10-10', '10-9')).toBe(true);
  expect(isLater('10-9', '10-9')).toBe(false);
  expect([isEventId('1-0'), isEventId('1'), isEventId('1-0\n'), isEventId('a-0')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
