import {
  Agent as HttpAgent,
  type AgentOptions,
  type ClientRequestArgs,
  request as httpRequest,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, isIPv6, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { SECOND_MS } from '../../common/time/units';
import { hostOf } from '../../config/address-range';

/** For the connection to the proxy and its answer together. */
const TUNNEL_TIMEOUT_MS = 10 * SECOND_MS;

/** The proxy did not connect to the target. Retried, because another attempt may succeed. */
export class ProxyFailed extends Error {
  readonly code = 'EPROXY';

  /** @param why the proxy's answer, as `HTTP_407`, or Node's error on the way to the proxy */
  constructor(
    readonly why: string,
    options?: ErrorOptions,
  ) {
    super(`no tunnel through the proxy (${why})`, options);
  }
}

type Connected = (error: Error | null, socket?: Duplex) => void;

/**
 * Connects to a target through a proxy (CONNECT). The proxy receives the checked address, not the name: it would
 * resolve the name again, and a second DNS answer could lead anywhere.
 */
async function openTunnel(proxy: URL, { host, port, lookup }: ClientRequestArgs): Promise<Duplex> {
  const address = await lookedUp(host ?? '', lookup!);
  const authority = `${isIPv6(address) ? `[${address}]` : address}:${port}`;
  return new Promise((resolve, reject) => {
    const request = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)(proxy, {
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...credentialsOf(proxy) },
      agent: false,
      servername: nameOf(proxy), // Node would take it from `host`, which is an address: such a handshake names nobody
    });
    const late = () => request.destroy(Object.assign(new Error('late'), { code: 'ETIMEDOUT' }));
    const timer = setTimeout(late, TUNNEL_TIMEOUT_MS);
    request
      .on('connect', ({ statusCode = 0 }, socket, head) => {
        clearTimeout(timer);
        if (statusCode >= 200 && statusCode < 300) {
          if (head.length > 0) socket.unshift(head);
          return resolve(socket);
        }
        socket.destroy();
        reject(new ProxyFailed(`HTTP_${statusCode}`));
      })
      .on('error', (cause: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        reject(new ProxyFailed(cause.code ?? cause.name, { cause }));
      })
      .end();
  });
}

const lookedUp = (host: string, lookup: LookupFunction): Promise<string> =>
  new Promise((resolve, reject) => {
    if (isIP(host) !== 0) return resolve(host);
    lookup(host, { all: false }, (error, address) => (error ? reject(error) : resolve(address as string)));
  });

/** What TLS asks a proxy for; nothing of one whose URL has an address. */
const nameOf = (proxy: URL): string => (isIP(hostOf(proxy)) === 0 ? proxy.hostname : '');

function credentialsOf({ username, password }: URL): { 'proxy-authorization'?: string } {
  if (username === '') return {};
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(text).toString('base64')}` };
}

/**
 * Connections to `http:` targets through a proxy. They use tunnels too, so that a target sees the same bytes either
 * way.
 */
class HttpTunnels extends HttpAgent {
  constructor(
    private readonly proxy: URL,
    options?: AgentOptions,
  ) {
    super(options);
  }

  override createConnection(options: ClientRequestArgs, connected: Connected): undefined {
    openTunnel(this.proxy, options).then((socket) => connected(null, socket), connected);
  }
}

/** Connections to `https:` targets through a proxy, with TLS to the target inside the tunnel. */
class HttpsTunnels extends HttpsAgent {
  constructor(
    private readonly proxy: URL,
    options?: AgentOptions,
  ) {
    super(options);
  }

  override createConnection(options: ClientRequestArgs, connected: Connected): undefined {
    const secured = (socket: Duplex) => super.createConnection({ ...options, socket } as ClientRequestArgs);
    openTunnel(this.proxy, options).then((socket) => connected(null, secured(socket) ?? socket), connected);
  }
}

/** The agent of one proxy for targets of one protocol. */
export const tunnelAgent = (protocol: string, proxy: URL, options?: AgentOptions): HttpAgent =>
  protocol === 'https:' ? new HttpsTunnels(proxy, options) : new HttpTunnels(proxy, options);
