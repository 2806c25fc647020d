import { lookup as resolve } from 'node:dns';
import { isIP, LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { TargetPolicy } from './target-policy.service';
import { TargetRefused } from './target-refused';

/**
 * Opens connections to permitted addresses alone. The name is resolved once, and exactly the addresses that were
 * judged are connected to, so that no second answer of the DNS can slip in between.
 * @param timeoutMs for resolving, connecting and the TLS handshake together
 */
export function guardedConnector(policy: TargetPolicy, timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({
    timeout: timeoutMs,
    lookup: guardedLookup(policy),
  });
  return (options, callback) => {
    // An address written in the URL is never looked up: it is judged here.
    if (isIP(options.hostname) !== 0 && !policy.permits(options.hostname))
      process.nextTick(callback, new TargetRefused(), null);
    else connect(options, callback);
  };
}

function guardedLookup(policy: TargetPolicy): LookupFunction {
  return (hostname, options, callback) =>
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, []);
      const permitted = found.filter(({ address }) => policy.permits(address));
      const [first] = permitted;
      if (first === undefined) return callback(new TargetRefused(), []);
      if (options.all === true) callback(null, permitted);
      else callback(null, first.address, first.family);
    });
}
