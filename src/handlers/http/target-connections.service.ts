import { Agent as HttpAgent, ClientRequest, request as httpRequest } from 'node:http';
import type { RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction, type TcpSocketConnectOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { SECOND_MS } from '../../common/time/units';
import { hostOf } from '../../config/address-range';
import { guardedLookup } from './guarded-lookup';
import { OutboundProxies } from './outbound-proxies';
import { TargetPolicy, TargetRefused } from './target-policy.service';
import { TargetResolver } from './target-resolver';
import { tunnelAgent } from './tunnel';

/** How long an idle connection is kept: long enough for a queue that drains, too short for connections to pile up. */
const KEEP_ALIVE_MS = 4 * SECOND_MS;

/** Most idle connections, to all targets together. Above this, the one that was idle longest is closed. */
export const MOST_IDLE = 256;

const KEPT = { keepAlive: true, timeout: KEEP_ALIVE_MS };

const MAX_HEADER_BYTES = 16 * 1024;

/**
 * How long one of several addresses is tried before the next, ms. A lost first packet is sent again after one second and after
 * three. Node's quarter of a second is less than the way to a distant target takes.
 */
const ADDRESS_MS = 4 * SECOND_MS;

/** A request without its destination. */
export type RequestHead = Required<Pick<RequestOptions, 'method' | 'headers'>>;

/**
 * The connections to targets, with Node's own HTTP client, through a proxy if one is configured. An attempt uses an
 * idle connection to its target if there is one. The number of connections in use (one for each running attempt) is not
 * limited: a limit would let a user's hanging attempts block others. (P5)
 */
@Injectable()
export class TargetConnections implements OnApplicationShutdown {
  private readonly lookup: LookupFunction;
  private readonly agents: Readonly<Record<string, HttpAgent>> = {
    'http:': new HttpAgent(KEPT),
    'https:': new HttpsAgent(KEPT),
  };
  /** Agents for proxies, by protocol and proxy. */
  private readonly tunnels = new Map<string, HttpAgent>();
  /** The one that was idle longest comes first. Some have closed meanwhile. */
  private readonly idle = new Set<Duplex>();

  constructor(
    private readonly policy: TargetPolicy,
    private readonly proxies: OutboundProxies,
    resolver: TargetResolver,
  ) {
    this.lookup = guardedLookup(policy, resolver);
    for (const agent of Object.values(this.agents)) this.boundIdle(agent);
  }

  /**
   * Opens a request that follows no redirect. The body is sent later.
   * @param isFresh whether to use a new connection, not an idle one
   * @throws TargetRefused if the URL names an address that is not permitted; a name is checked when it is resolved
   */
  open(url: URL, { method, headers }: RequestHead, isFresh: boolean): ClientRequest {
    const host = hostOf(url);
    if (isIP(host) !== 0 && !this.policy.permits(host)) throw new TargetRefused();
    const options: RequestOptions & Pick<TcpSocketConnectOpts, 'autoSelectFamilyAttemptTimeout'> = {
      method,
      headers,
      maxHeaderSize: MAX_HEADER_BYTES,
      // Servers may send folded header lines and bare line feeds (RFC 9112 5.2, 2.2), and refusing such an answer would
      // make the delivery repeat.
      insecureHTTPParser: true,
      lookup: this.lookup,
      autoSelectFamilyAttemptTimeout: ADDRESS_MS,
      agent: this.agentFor(url, isFresh),
    };
    return url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options);
  }

  onApplicationShutdown(): void {
    for (const agent of [...Object.values(this.agents), ...this.tunnels.values()]) agent.destroy();
  }

  /** @returns false for a connection that is not reused */
  private agentFor(url: URL, isFresh: boolean): HttpAgent | false {
    const { protocol } = url;
    const proxy = this.proxies.of(url);
    if (proxy === undefined) return isFresh ? false : this.agents[protocol]!;
    if (isFresh) return tunnelAgent(protocol, proxy);
    const key = `${protocol} ${proxy.href}`;
    const kept = this.tunnels.get(key) ?? tunnelAgent(protocol, proxy, KEPT);
    if (!this.tunnels.has(key)) this.boundIdle(kept);
    this.tunnels.set(key, kept);
    return kept;
  }

  private boundIdle(agent: HttpAgent): void {
    const keep = agent.keepSocketAlive.bind(agent);
    const reuse = agent.reuseSocket.bind(agent);
    agent.keepSocketAlive = (socket) => {
      const isKept = keep(socket) as unknown as boolean;
      if (!isKept) return isKept;
      const [oldest] = this.idle.add(socket);
      if (this.idle.size > MOST_IDLE && oldest) this.idle.delete(oldest.destroy());
      return isKept;
    };
    agent.reuseSocket = (socket, request) => {
      this.idle.delete(socket);
      reuse(socket, request);
    };
  }
}
