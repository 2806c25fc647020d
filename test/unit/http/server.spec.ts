import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Controller, Get } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startProbeServer } from '../../support/probe-server';
import { problem } from '../../support/problem';
import { until } from '../../support/until';
import { testSettings } from '../../support/test-settings';
import { ProbeController } from './probe.controller';

let app: NestFastifyApplication;
let url: string;
beforeAll(async () => ({ app, url } = await startProbeServer({ controllers: [ProbeController] })));
afterAll(() => app.close());

describe('with its maximum of connections, the server', () => {
  let answer: () => void;
  @Controller()
  class Slow {
    @Get('slow')
    async slow() {
      await new Promise<void>((resolve) => (answer = resolve));
      return 'answered';
    }
  }
  let probe: Awaited<ReturnType<typeof startProbeServer>>;
  beforeEach(async () => {
    probe = await startProbeServer(
      { controllers: [ProbeController, Slow] },
      { HTTP_MAX_CONNECTIONS: '3', LOG_LEVEL: 'silent' },
    );
  });
  afterEach(() => probe.app.close());

  const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: probe\r\n\r\n`;
  /** Opens a connection and makes a call, so that the server has accepted it. */
  const open = async (localAddress = '127.0.0.1') => {
    const socket = connect({ port: Number(new URL(probe.url).port), host: '127.0.0.1', localAddress });
    socket.on('error', () => undefined).write(GET('/things'));
    expect(String((await once(socket, 'data'))[0])).toContain('HTTP/1.1 200');
    return socket;
  };

  it('closes an idle connection for a new one: the oldest of the address with most of them', async () => {
    const [alone, first, second] = [await open('127.0.0.2'), await open(), await open()];
    const closed = once(first.resume(), 'close');
    const other = await open('127.0.0.3');
    await closed;
    for (const socket of [alone, second, other]) {
      socket.write(GET('/things'));
      expect(String((await once(socket, 'data'))[0])).toContain('HTTP/1.1 200');
    }
  });

  it('closes a connection whose call is still arriving for a new one: slow bodies keep nobody out', async () => {
    const slow: Socket[] = [];
    for (let i = 0; i < 3; i += 1) {
      const socket = connect(Number(new URL(probe.url).port), '127.0.0.1').on('error', () => undefined);
      const seen = once(probe.app.getHttpServer() as NodeJS.EventEmitter, 'request');
      socket.write(
        'POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
      );
      await seen;
      slow.push(socket);
    }
    const closed = once(slow[0]!.resume(), 'close');
    await open('127.0.0.2');
    await closed;
  });

  it('closes a new connection while all others serve calls, and accepts one when a call has ended', async () => {
    const busy = [await open(), await open(), await open()];
    const begun: (() => void)[] = [];
    for (const socket of busy) {
      socket.write(GET('/slow'));
      await until('it is served', () => answer !== undefined && !begun.includes(answer));
      begun.push(answer);
    }
    const refused = connect(Number(new URL(probe.url).port), '127.0.0.1').on('error', () => undefined);
    await once(refused.resume(), 'close');
    begun[0]!();
    expect(String((await once(busy[0]!, 'data'))[0])).toContain('answered');
    await open();
    for (const end of begun) end();
    for (const socket of busy.slice(1)) expect(String((await once(socket, 'data'))[0])).toContain('answered');
  });
});

describe('the ID of a call', () => {
  it("is the caller's if it is valid, and a new one otherwise", async () => {
    const idOf = async (given?: string) =>
      (
        await fetch(`${url}/things`, given === undefined ? {} : { headers: { 'x-request-id': given } })
      ).headers.get('x-request-id');
    expect(await idOf('call-7.a_B')).toBe('call-7.a_B');
    expect(await idOf('a b"}')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idOf('x'.repeat(65))).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idOf()).not.toBe(await idOf());
  });
});

describe('the router', () => {
  it('answers an unknown path by 404, whatever the body is', async () => {
    const answer = await fetch(`${url}/nothing?token=abc`, { method: 'POST', body: 'x' });
    expect(answer.status).toBe(404);
    expect(await problem(answer)).toMatchObject({ code: 'not_found', instance: '/nothing' });
  });

  it('answers a known path with another method by 405 and Allow', async () => {
    const answer = await fetch(`${url}/things/7`, { method: 'DELETE' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect((await problem(answer)).code).toBe('method_not_allowed');
  });

  it('answers OPTIONS by Allow, and HEAD like GET without a body', async () => {
    const options = await fetch(`${url}/things`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
    const head = await fetch(`${url}/things/7`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it.each([
    ['/%zz', 400, 'bad_request', 'The path is not a valid URL.'],
    [`/things/${'x'.repeat(401)}`, 414, 'uri_too_long', 'A part of the path is longer than 400 characters.'],
  ])('refuses the path %.12s', async (path, status, code, detail) => {
    const answer = await fetch(url + path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await problem(answer)).toMatchObject({ code, detail, instance: path });
  });
});

describe('invalid HTTP', () => {
  it.each([
    [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'header_fields_too_large'],
    ['nonsense\r\n\r\n', 400, 'bad_request'],
  ])('is answered with a problem: %.12s', async (text, status, code) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.end(text);
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    await once(socket, 'close');
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status, code });
  });
});

@Controller('portal')
class PortalController {
  @Get()
  get() {
    return {};
  }
}

describe('frames of the page', () => {
  const ancestors = async (PORTAL_ORIGINS: string) => {
    const controllers = [ProbeController, PortalController];
    const probe = await startProbeServer({ controllers }, { PORTAL_ORIGINS });
    const of = async (path: string) => {
      const policy = (await fetch(probe.url + path)).headers.get('content-security-policy');
      return /frame-ancestors [^;]+/.exec(policy ?? '')?.[0];
    };
    const found = [await of('/portal'), await of('/things')];
    await probe.app.close();
    return found;
  };

  it('are allowed to the origins of portals, for the portal only', async () => {
    expect(await ancestors('https://a.example.com, https://b.example.com:8443')).toEqual([
      'frame-ancestors https://a.example.com https://b.example.com:8443',
      "frame-ancestors 'none'",
    ]);
  });

  it('are allowed to no other site by default', async () => {
    expect(await ancestors('')).toEqual(["frame-ancestors 'none'", "frame-ancestors 'none'"]);
  });

  it.each(['*', 'https://*.example.com', 'https://a.example.com/path', 'a.example.com', "'self'"])(
    'cannot be allowed to %s, which is not an origin',
    (origin) => expect(() => testSettings({ PORTAL_ORIGINS: origin })).toThrow('PORTAL_ORIGINS must be'),
  );
});

describe('the security headers', () => {
  it("allow the page's own files only, no inline code, and no cached copies", async () => {
    const { headers } = await fetch(`${url}/things`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await fetch(`${url}/nothing`)).headers.get('content-security-policy')).toContain("'none'");
  });
});
