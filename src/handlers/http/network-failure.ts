import { AttemptFailure, PermanentFailure } from '../failures';
import { TargetRefused } from './target-policy.service';
import { ProxyFailed } from './tunnel';

/** Errors of Node and OpenSSL by code, with our code and its meaning. */
const NAMED: readonly (readonly [RegExp, string, string])[] = [
  [/^ECONNREFUSED$/, 'connection_refused', 'The target refused the connection.'],
  [/^(ECONNRESET|ECONNABORTED|EPIPE)$/, 'connection_reset', 'The target broke the connection.'],
  [/^(ENOTFOUND|EAI_)/, 'dns_failed', 'The name of the target could not be resolved.'],
  [/^ETIMEDOUT$/, 'connect_timeout', 'The target took too long to connect.'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'unreachable', 'The target cannot be reached from here.'],
  [/HEADERS?_OVERFLOW$/, 'answer_headers_too_large', 'The headers of the answer are larger than 16 KiB.'],
  [/^HPE_/, 'answer_invalid', 'The answer of the target is not valid HTTP.'],
  [/^(EPROTO|ERR_SSL|ERR_TLS)/, 'tls_failed', 'No TLS connection to the target could be made.'],
];

/** Codes of OpenSSL and Node for an untrusted certificate. Another attempt would get the same one. */
const CERTIFICATE =
  /^(CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH|ERR_TLS_CERT)/;

/**
 * The failure of a delivery, in our words: the user sees the error of an attempt, and it must reveal nothing of
 * Turnwise's network. Retried, unless the target may not be reached at all.
 */
export function networkFailure(error: unknown): AttemptFailure {
  if (error instanceof TargetRefused)
    return new PermanentFailure(error.message, { code: 'target_refused', cause: error });
  if (error instanceof ProxyFailed)
    return new AttemptFailure('The outbound proxy could not connect to the target.', {
      code: 'proxy_failed',
      details: { cause: error.why },
      cause: error,
    });
  const cause = codeOf(error);
  if (CERTIFICATE.test(cause))
    return new PermanentFailure(`The certificate of the target is not trusted (${cause}).`, {
      code: 'certificate_invalid',
      details: { cause },
      cause: error,
    });
  const [, code, message] = NAMED.find(([pattern]) => pattern.test(cause)) ?? [
    undefined,
    'network_error',
    'The request could not be delivered.',
  ];
  return new AttemptFailure(message, { code, details: { cause }, cause: error });
}

/** The error's code, or else its name. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return [code, name].find((word) => typeof word === 'string') ?? 'unknown';
}
