import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import type { TestingModule } from '@nestjs/testing';
import type { HandlerSettings } from '../../../../src/config/settings';
import { OutboundProxies } from '../../../../src/handlers/http/outbound-proxies';
import { TargetResolver } from '../../../../src/handlers/http/target-resolver';
import { ConnectProxy, connectProxy } from '../../../support/connect-proxy';
import { httpTarget, StubTarget, tcpTarget } from '../../../support/stub-target';
import { failureOf, startHandlers } from '../start-handlers';
import { deliver } from './deliver';

it.each<[string, string, readonly string[]]>([
  ['http://a.example/', 'http://plain.example:3128/', []],
  ['https://a.example/', 'http://tls.example:3128/', []],
  ['https://a.example/', 'http://tls.example:3128/', ['example.com', 'xa.example', 'a.example:8443']],
  ['https://127.0.0.1/', '', []],
  ['http://localhost:3000/', '', []],
  ['http://[::1]/', '', []],
  ['https://a.example/', '', ['*']],
  ['https://a.example/', '', ['a.example']],
  ['https://b.A.example./', '', ['.a.example']],
  ['https://b.a.example/', '', ['*.a.example']],
  ['https://a.example:8443/', '', ['a.example:8443']],
  ['https://a.example/', '', ['a.example:443']],
  ['https://10.1.2.3/', '', ['10.0.0.0/8']],
  ['https://[fd00::1]/', '', ['fd00::/8']],
  ['https://[fd00::1]:8443/', '', ['[fd00::1]:8443']],
  ['https://[fd00::1]/', 'http://tls.example:3128/', ['[fd00::1]:8443']],
  ['https://[fd00::1]/', '', ['[fd00::1]']],
  ['https://10.1.2.3:8443/', '', ['10.0.0.0/8:8443']],
  ['https://10.1.2.3/', 'http://tls.example:3128/', ['10.0.0.0/8:8443']],
])('a delivery to %s goes through "%s" if NO_PROXY is %j', (url, proxy, not) => {
  const proxies = { http: 'http://plain.example:3128', https: 'http://tls.example:3128', not };
  expect(new OutboundProxies({ allowTargets: [], sleeps: true, proxies }).of(new URL(url))?.href ?? '').toBe(
    proxy,
  );
});

describe('deliveries through a proxy', () => {
  let proxy: ConnectProxy;
  let target: StubTarget;
  let module: TestingModule;
  beforeEach(async () => {
    target = await httpTarget((_call, response) => void response.end('ok'));
  });
  afterEach(async () => {
    jest.useRealTimers();
    await module.close();
    await proxy.close();
    await target.close();
  });

  /** Handlers that know two names of this machine; they may reach the addresses of `allowed`. */
  async function through(settings: Partial<HandlerSettings['proxies']> = {}, allowed = ['127.0.0.0/8']) {
    const hosts = new Map([['shop.example', ['127.0.0.1']]]);
    module = await startHandlers(
      allowed,
      [],
      { http: proxy.url, https: proxy.url, not: [], ...settings },
      new TargetResolver({ hosts, search: [] }),
    );
  }
  const shop = (scheme = 'http') => ({ url: `${scheme}://shop.example:${target.port}/hook` });

  it('connect to the address that was checked, and reuse the tunnel', async () => {
    proxy = await connectProxy();
    await through();
    for (let i = 0; i < 2; i += 1) expect(await deliver(module, shop())).toMatchObject({ body: 'ok' });
    expect(proxy.asked).toEqual([{ authority: `127.0.0.1:${target.port}`, credentials: undefined }]);
    expect(target.calls).toMatchObject([
      { path: '/hook', headers: { host: `shop.example:${target.port}` } },
      {},
    ]);
    expect(target.connections.total).toBe(1);
  });

  it("send the user and the password of the proxy's URL", async () => {
    proxy = await connectProxy();
    await through({ http: proxy.url.replace('//', '//us%65r:p%40ss@') });
    await deliver(module, shop());
    expect(proxy.asked).toMatchObject([
      { credentials: `Basic ${Buffer.from('user:p@ss').toString('base64')}` },
    ]);
  });

  it.each(['http', 'https'])(
    'never ask the proxy for an address that may not be reached (%s)',
    async (scheme) => {
      proxy = await connectProxy();
      await through({}, []);
      for (const url of [shop(scheme).url, `${scheme}://10.0.0.1/`])
        expect(await failureOf(deliver(module, { url }))).toMatchObject({ code: 'target_refused' });
      expect(proxy.asked).toEqual([]);
    },
  );

  it('are retried if the proxy refuses', async () => {
    proxy = await connectProxy(407);
    await through();
    expect(await failureOf(deliver(module, shop()))).toMatchObject({
      name: 'AttemptFailure',
      code: 'proxy_failed',
      details: { cause: 'HTTP_407' },
    });
  });

  it('are retried if the proxy is away', async () => {
    proxy = await connectProxy();
    await through();
    await proxy.close();
    expect(await failureOf(deliver(module, shop('https')))).toMatchObject({
      name: 'AttemptFailure',
      code: 'proxy_failed',
      details: { cause: 'ECONNREFUSED' },
    });
  });

  it('name it in the TLS handshake with it, where its URL says https:', async () => {
    proxy = await connectProxy();
    const named: string[] = [];
    const SNICallback: TlsOptions['SNICallback'] = (name, done) => {
      named.push(name);
      done(new Error('no certificate'));
    };
    const encrypted = createServer({ SNICallback }).listen(0, '127.0.0.1');
    await once(encrypted, 'listening');
    await through({ http: `https://localhost:${(encrypted.address() as AddressInfo).port}` });
    expect(await failureOf(deliver(module, shop()))).toMatchObject({ code: 'proxy_failed' });
    expect(named).toEqual(['localhost']);
    encrypted.close();
  });

  it('end when the target takes too long for TLS inside the tunnel', async () => {
    proxy = await connectProxy();
    await through();
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const silent = await tcpTarget(() => begin());
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const failure = failureOf(deliver(module, { url: `https://shop.example:${silent.port}/` }));
    await begun;
    jest.advanceTimersByTime(10_000);
    expect(await failure).toMatchObject({ name: 'AttemptFailure', code: 'connect_timeout' });
    await silent.close();
  });

  it('are repeated once through a new tunnel if a kept one ends without an answer', async () => {
    proxy = await connectProxy();
    await through();
    const moody = await tcpTarget((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      socket.on('data', () => socket.destroy());
    });
    const url = `http://shop.example:${moody.port}/`;
    for (let i = 0; i < 2; i += 1) expect(await deliver(module, { url })).toMatchObject({ body: 'ok' });
    expect(proxy.asked).toHaveLength(2);
    await moody.close();
  });
});
