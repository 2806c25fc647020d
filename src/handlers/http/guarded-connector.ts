import type { LookupAddress } from 'node:dns';
import { isIP, LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { TargetPolicy } from './target-policy.service';
import { TargetRefused } from './target-refused';
import { TargetResolver } from './target-resolver';

/**
 * Opens connections to permitted addresses alone. The name is resolved once, and exactly the addresses that were
 * judged are connected to, so that no second answer of the DNS can slip in between.
 * @param timeoutMs for resolving, connecting and the TLS handshake together
 */
export function guardedConnector(
  policy: TargetPolicy,
  resolver: TargetResolver,
  timeoutMs: number,
): buildConnector.connector {
  const connect = buildConnector({
    timeout: timeoutMs,
    lookup: guardedLookup(policy, resolver),
  });
  return (options, callback) => {
    // An address written in the URL is never looked up: it is judged here.
    if (isIP(options.hostname) !== 0 && !policy.permits(options.hostname))
      process.nextTick(callback, new TargetRefused(), null);
    else connect(options, callback);
  };
}

function guardedLookup(policy: TargetPolicy, resolver: TargetResolver): LookupFunction {
  return (hostname, options, callback) => {
    const judged = (found: LookupAddress[]) => {
      const permitted = found.filter(({ address }) => policy.permits(address));
      const [first] = permitted;
      if (first === undefined) return callback(new TargetRefused(), []);
      if (options.all === true) callback(null, permitted);
      else callback(null, first.address, first.family);
    };
    resolver.resolve(hostname).then(judged, (error: Error) => callback(error, []));
  };
}
