import { Socket } from 'node:net';
import type { TestingModule } from '@nestjs/testing';
import { failureOf, startHandlers } from '../start-handlers';
import { deliver } from './deliver';
import { StubTarget, tcpTarget } from '../../../support/stub-target';

const OK = 'HTTP/1.1 200 OK\r\n';

/** Writes the same bytes as fast as the socket takes them, until the connection is closed. */
function flood(socket: Socket, bytes: Buffer): void {
  while (socket.writable && socket.write(bytes));
  socket.once('drain', () => flood(socket, bytes));
}

describe('hostile targets', () => {
  let module: TestingModule;
  let target: StubTarget;
  beforeAll(async () => {
    module = await startHandlers(['127.0.0.0/8']);
  });
  afterEach(() => target.close());
  afterAll(() => module.close());

  const at = async (talk: (socket: Socket) => void) => (target = await tcpTarget(talk)).url;

  it('an endless answer is cut at 64 KiB, and its connection closed', async () => {
    const url = await at((socket) => {
      socket.write(`${OK}Content-Length: 2000000000\r\n\r\n`);
      flood(socket, Buffer.alloc(65_536));
    });
    const before = process.memoryUsage().arrayBuffers;
    const answer = await deliver(module, { url });
    expect(answer).toMatchObject({ status: 200, body: '\u0000'.repeat(65_536), truncated: true });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
    await target.idle();
  });

  it('text is cut between two characters', async () => {
    const url = await at((socket) => socket.end(`${OK}\r\n${'\u2603'.repeat(30_000)}`)); // 65,536 = 3 * 21,845 + 1
    const kept = { body: '\u2603'.repeat(21_845), truncated: true };
    expect(await deliver(module, { url })).toMatchObject(kept);
  });

  it('an answer of the largest size is kept as a whole', async () => {
    const url = await at((socket) => socket.end(`${OK}\r\n${'a'.repeat(65_536)}`));
    const answer = await deliver(module, { url });
    expect([answer.body.length, answer.truncated]).toEqual([65_536, undefined]);
  });

  it('a flood of headers ends the attempt', async () => {
    const url = await at((socket) => {
      socket.write(OK);
      flood(socket, Buffer.from('X-A: aaaaaaaa\r\n'.repeat(1000)));
    });
    expect(await failureOf(deliver(module, { url }))).toMatchObject({ code: 'answer_headers_too_large' });
    await target.idle();
  });

  it('endless interim answers end the attempt', async () => {
    const url = await at((socket) =>
      flood(socket, Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100))),
    );
    expect(await failureOf(deliver(module, { url }))).toMatchObject({ code: 'answer_invalid' });
    await target.idle();
  });

  it('one endless header ends the attempt', async () => {
    const url = await at((socket) => {
      socket.write(`${OK}X-A: `);
      flood(socket, Buffer.alloc(65_536, 'a'));
    });
    expect(await failureOf(deliver(module, { url }))).toMatchObject({ code: 'answer_headers_too_large' });
    await target.idle();
  });

  describe('at the end of the time limit', () => {
    const timedOut = { message: 'time is up' };
    /** Delivers, and ends the time limit once the target has received the first bytes and started to talk. */
    const timeOut = async (scheme: string, talk: (socket: Socket) => void) => {
      const limit = new AbortController();
      const url = await at((socket) => {
        talk(socket);
        setImmediate(() => limit.abort(new Error('time is up')));
      });
      return failureOf(deliver(module, { url: url.replace('http', scheme) }, { signal: limit.signal }));
    };

    it.each<[string, (socket: Socket) => void]>([
      ['is silent', () => undefined],
      ['trickles its head', (socket) => void socket.write('HTTP/1.1 20')],
      ['trickles its body', (socket) => void socket.write(`${OK}Content-Length: 1000\r\n\r\nx`)],
      ['gives interim answers forever', (socket) => flood(socket, Buffer.from('HTTP/1.1 103 Hints\r\n\r\n'))],
    ])('the connection to a target that %s is closed', async (_name, talk) => {
      expect(await timeOut('http', talk)).toMatchObject(timedOut);
      await target.idle();
    });

    it('an attempt that is still in its TLS handshake ends', async () => {
      expect(await timeOut('https', () => undefined)).toMatchObject(timedOut);
    });
  });

  it('a header named like a member of every object is an ordinary header', async () => {
    const names = ['constructor', '__proto__', '__proto__', 'toString'];
    const url = await at((socket) => void socket.end(`${OK}${names.map((n) => `${n}: 1\r\n`).join('')}\r\n`));
    const { headers } = await deliver(module, { url });
    expect(Object.entries(headers)).toEqual([
      ['constructor', '1'],
      ['tostring', '1'],
    ]);
  });
});
