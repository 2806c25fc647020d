/** Targets with certificates of a private authority, directly and through a proxy (P5: what cannot succeed is not retried). */
import { createServer, Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Authority, Certificate, hasOpenssl } from '../../support/certificates';
import { ApiUser, AppCluster } from '../../support/cluster';
import { ConnectProxy, connectProxy } from '../../support/connect-proxy';
import { ended } from '../../support/enqueued';

const withOpenssl = hasOpenssl ? describe : describe.skip;

withOpenssl('targets of an own certificate authority', () => {
  let authority: Authority;
  let cluster: AppCluster;
  let proxy: ConnectProxy;
  let user: ApiUser;
  const servers: Server[] = [];

  beforeAll(async () => {
    authority = new Authority();
    proxy = await connectProxy();
    cluster = await AppCluster.start({
      NODE_EXTRA_CA_CERTS: authority.file,
      HTTPS_PROXY: proxy.url,
      HTTP_ALLOW_TARGETS: '127.0.0.0/8,0.0.0.0/32',
    });
    const { url } = await cluster.process('all');
    user = await ApiUser.register(url);
  });
  afterAll(async () => {
    await cluster.stop();
    await proxy.close();
    for (const server of servers) server.close().closeAllConnections();
    authority.remove();
  });

  /** A target on every address of this machine. @returns its port */
  async function target(certificate: Certificate): Promise<number> {
    const server = createServer(certificate, (_request, response) => void response.end('ok'));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    return (server.address() as AddressInfo).port;
  }

  const delivered = async (url: string) =>
    ended(user, await user.enqueue({ type: 'http', payload: { url } }));

  it('are trusted if NODE_EXTRA_CA_CERTS has their authority and the name matches', async () => {
    const port = await target(authority.issue('DNS:localhost'));
    expect(await delivered(`https://localhost:${port}/`)).toMatchObject({ status: 'succeeded' });
    expect(proxy.asked).toEqual([]);
  });

  it('are reached through HTTPS_PROXY with their own certificate', async () => {
    // An address of this machine that the resolver does not know as such; otherwise it would be reached directly.
    const port = await target(authority.issue('IP:0.0.0.0'));
    expect(await delivered(`https://0.0.0.0:${port}/`)).toMatchObject({ status: 'succeeded' });
    expect(proxy.asked).toMatchObject([{ authority: `0.0.0.0:${port}` }]);
  });

  it.each<[string, () => Certificate, string]>([
    ['another name', () => authority.issue('DNS:elsewhere.example'), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['an unknown authority', () => authority.selfSigned('DNS:localhost'), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])('fail at once with a certificate of %s', async (_whose, certificate, cause) => {
    const port = await target(certificate());
    const { status, attempts } = await delivered(`https://localhost:${port}/`);
    expect(status).toBe('failed');
    expect(attempts).toMatchObject([{ error: { code: 'certificate_invalid', details: { cause } } }]);
  });
});
