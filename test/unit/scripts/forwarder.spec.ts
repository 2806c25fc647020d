import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { startForwarder } from '../../../scripts/tools/forwarder';
import { newSecret, signatureHeaders } from '../../../src/webhooks/signature';
import { until } from '../../support/until';
import { Call, httpTarget, StubTarget } from '../../support/stub-target';

describe('npm run listen', () => {
  const lines: string[] = [];
  let target: StubTarget;
  let server: Server;
  let answer: (call: Call, response: ServerResponse, request: IncomingMessage) => void;
  beforeAll(async () => {
    target = await httpTarget((...given) => answer(...given));
  });
  beforeEach(() => {
    target.calls.length = lines.length = 0;
    answer = (_call, response) => void response.writeHead(201, { 'x-own': 'yes' }).end('made');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  afterAll(() => target.close());

  const body = Buffer.from('{"\u00e9":"\u2603", "n":1.10}');
  async function deliver(forward = `${target.url}/hook?a=1`, secret?: string, more: RequestInit = {}) {
    const print = (line: string) => void lines.push(line);
    server = await startForwarder({ forward: new URL(forward), port: 0, print, ...(secret && { secret }) });
    const flat = signatureHeaders('r1', Date.now(), body, [accountSecret]);
    const headers = new Headers({ 'turnwise-attempt': '2', 'content-type': 'application/json' });
    for (let i = 0; i < flat.length; i += 2) headers.set(flat[i]!, flat[i + 1]!);
    const { port } = server.address() as AddressInfo;
    return fetch(`http://127.0.0.1:${port}/any`, { method: 'PUT', headers, body, ...more });
  }
  const accountSecret = newSecret();
  const verified = (secret: string) =>
    new Webhook(secret).verify(
      target.calls[0]!.body.toString(),
      target.calls[0]!.headers as Record<string, string>,
    );

  it('forwards a delivery byte for byte, and returns its answer', async () => {
    const answered = await deliver();
    expect([answered.status, answered.headers.get('x-own'), await answered.text()]).toEqual([
      201,
      'yes',
      'made',
    ]);
    expect(target.calls).toMatchObject([{ method: 'PUT', path: '/hook?a=1', body }]);
    expect(verified(accountSecret)).toEqual(JSON.parse(body.toString()));
    expect(lines).toEqual([expect.stringMatching(/^PUT \/any {2}r1 {2}attempt 2 {2}-> {2}201 {2}\d+ ms$/)]);
  });

  it('shows a delivery without a destination, and answers it', async () => {
    server = await startForwarder({ port: 0, print: (line) => void lines.push(line) });
    const { port } = server.address() as AddressInfo;
    const answered = await fetch(`http://127.0.0.1:${port}/hook`, { method: 'POST', body });
    expect([answered.status, await answered.json()]).toEqual([200, { received: true }]);
    await until('it is printed', () => lines.length > 0);
    expect(lines).toEqual([
      expect.stringMatching(/^POST \/hook .* -> {2}200 {2}{"é":"☃", "n":1.10} {2}\d+ ms$/),
    ]);
  });

  it('survives a delivery that breaks off, and an invalid answer', async () => {
    await deliver();
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    const begun = once(server, 'request');
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nx');
    await begun;
    socket.destroy();
    await until('the output says that the delivery broke off', () =>
      lines.some((line) => line.includes('broken off')),
    );
    answer = (_call, response) => void response.socket?.end('HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n');
    const again = (headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${port}/again`, { method: 'POST', headers, body: 'x' });
    await expect(again()).rejects.toThrow('fetch failed');
    answer = (_call, response) => void response.writeHead(201).end();
    expect((await again({ trailer: 'x-sum' })).status).toBe(201);
  });

  it('signs again with a fixed secret', async () => {
    const secret = newSecret();
    await deliver(undefined, secret);
    expect(verified(secret)).toEqual(JSON.parse(body.toString()));
    expect(() => verified(accountSecret)).toThrow('No matching signature');
  });

  it('answers 502 if nothing listens at the destination', async () => {
    expect((await deliver('http://127.0.0.1:1/')).status).toBe(502);
    expect(lines[0]).toContain('not reached (ECONNREFUSED): 502');
  });

  it('aborts its call when Turnwise aborts', async () => {
    const limit = new AbortController();
    const closed = new Promise<void>((resolve) => {
      answer = (_call, response) => {
        response.on('close', resolve);
        limit.abort();
      };
    });
    await expect(deliver(undefined, undefined, { signal: limit.signal })).rejects.toThrow();
    await closed;
  });
});
