import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { TargetPolicy, TargetRefused } from './target-policy.service';
import { TargetResolver } from './target-resolver';

/**
 * Resolves a target's name to permitted addresses only. The name is resolved once, and the connection goes to exactly
 * the addresses that were checked: a second DNS answer cannot slip in. An address written in the URL needs no lookup:
 * TargetConnections checks it.
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
