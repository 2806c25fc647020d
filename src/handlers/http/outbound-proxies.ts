import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import * as ipaddr from 'ipaddr.js';
import { addressRangeOf, hostOf, isWithin } from '../../config/address-range';
import { HandlerSettings } from '../../config/settings';

/**
 * Chooses the proxy for a target: HTTPS_PROXY or HTTP_PROXY, unless NO_PROXY names the target. This machine itself is
 * never reached through a proxy.
 */
@Injectable()
export class OutboundProxies {
  constructor(private readonly settings: HandlerSettings) {}

  /** @returns undefined for a target that is connected to directly */
  of(url: URL): URL | undefined {
    const { http, https, not } = this.settings.proxies;
    const proxy = url.protocol === 'https:' ? https : http;
    if (proxy === undefined || [...THIS_MACHINE, ...not].some((entry) => names(entry, url))) return undefined;
    return new URL(proxy);
  }
}

const THIS_MACHINE = ['localhost', '127.0.0.0/8', '::1'];

/** What is named, in brackets if it is IPv6 with a port, and the port. */
const ENTRY = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/;

/**
 * @param entry `*`, a name (which includes its subdomains), an address, or a range; with or without a port
 */
function names(entry: string, url: URL): boolean {
  if (entry === '*') return true;
  const parts = ENTRY.exec(entry);
  const named = (parts?.[1] ?? parts?.[2] ?? entry).toLowerCase();
  const port = parts?.[3];
  if (port !== undefined && port !== portOf(url)) return false;
  const host = hostOf(url).replace(/\.$/, '');
  const range = addressRangeOf(named);
  if (range) return isIP(host) !== 0 && isWithin(range, ipaddr.parse(host));
  const name = named.replace(/^\*?\.?/, '');
  return name !== '' && (host === name || host.endsWith(`.${name}`));
}

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80');
