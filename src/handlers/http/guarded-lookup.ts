import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { TargetPolicy, TargetRefused } from './target-policy.service';
import { TargetResolver } from './target-resolver';

/**
 * Resolves a target's name to permitted addresses alone. The name is resolved once, and exactly the addresses that were
 * judged are connected to, so that no second answer of the DNS can slip in between. An address that is written in the
 * URL is never looked up: TargetConnections judges it.
 */
export function guardedLookup(policy: TargetPolicy, resolver: TargetResolver): LookupFunction {
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
