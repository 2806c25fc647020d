import { promises as dns, LookupAddress } from 'node:dns';
import { isIPv6 } from 'node:net';
import type { OnApplicationShutdown } from '@nestjs/common';
import { SECOND_MS } from '../../common/time/units';
import { readSystemNames, SystemNames } from './system-names';

const LOOPBACK = ['127.0.0.1', '::1'];

/** The name does not exist, or has no address of this family: a definite answer. */
const NONE = ['ENOTFOUND', 'ENODATA'];

/** A name without an address. `code` is the one of the system's own lookup. */
export class NameNotResolved extends Error {
  constructor(
    readonly code: 'ENOTFOUND' | 'EAI_AGAIN',
    hostname: string,
    options?: ErrorOptions,
  ) {
    super(`no address of ${hostname}`, options);
  }
}

/**
 * Resolves the names of targets, any number at once. The system's own lookup (getaddrinfo) blocks one of libuv's few
 * threads until the last name server has answered, so a user whose names get no answer would delay everybody. (P5)
 *
 * Follows the system's rules: /etc/hosts first; `localhost` is this machine (RFC 6761); a name with a dot is tried as
 * it is and then in each search domain, a name without a dot the other way round; a name that ends in a dot only as it
 * is.
 */
export class TargetResolver implements OnApplicationShutdown {
  /** A name server gets 2 s, then 4 s. The connection's own limit ends the resolution before a third try. */
  private readonly resolver = new dns.Resolver({ timeout: 2 * SECOND_MS, tries: 2 });

  /** @param servers to use instead of the system's: addresses, with a port unless it is 53 */
  constructor(
    private readonly names: SystemNames,
    servers?: readonly string[],
  ) {
    if (servers) this.resolver.setServers(servers);
  }

  static ofSystem(): TargetResolver {
    return new TargetResolver(readSystemNames());
  }

  /** @returns at least one address, IPv4 first @throws NameNotResolved */
  async resolve(hostname: string): Promise<LookupAddress[]> {
    const name = hostname.toLowerCase().replace(/\.$/, '');
    const known = this.names.hosts.get(name) ?? (/(^|\.)localhost$/.test(name) ? LOOPBACK : undefined);
    if (known) return known.map(lookupAddress);
    for (const candidate of this.candidates(name, hostname.endsWith('.'))) {
      const found = await this.ask(candidate);
      if (found.length > 0) return found;
    }
    throw new NameNotResolved('ENOTFOUND', hostname);
  }

  /** At the end no caller waits for an answer. */
  onApplicationShutdown(): void {
    this.resolver.cancel();
  }

  private candidates(name: string, isAbsolute: boolean): string[] {
    if (isAbsolute) return [name];
    const searched = this.names.search.map((domain) => `${name}.${domain}`);
    return name.includes('.') ? [name, ...searched] : [...searched, name];
  }

  private async ask(name: string): Promise<LookupAddress[]> {
    const answers = await Promise.allSettled([this.resolver.resolve4(name), this.resolver.resolve6(name)]);
    const found = answers.flatMap((each) =>
      each.status === 'fulfilled' ? each.value.map(lookupAddress) : [],
    );
    const failed = answers.find(
      (each): each is PromiseRejectedResult =>
        each.status === 'rejected' && !NONE.includes((each.reason as NodeJS.ErrnoException).code ?? ''),
    );
    if (found.length === 0 && failed) throw new NameNotResolved('EAI_AGAIN', name, { cause: failed.reason });
    return found;
  }
}

const lookupAddress = (address: string): LookupAddress => ({ address, family: isIPv6(address) ? 6 : 4 });
