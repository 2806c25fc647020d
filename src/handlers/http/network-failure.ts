import { AttemptFailure, PermanentFailure } from '../failures';
import { TargetRefused } from './target-refused';

/** The errors of Node, OpenSSL and undici by their code: ours, and what it means. */
const NAMED: readonly (readonly [RegExp, string, string])[] = [
  [/^ECONNREFUSED$/, 'connection_refused', 'The target refused the connection.'],
  [
    /^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/,
    'connection_reset',
    'The target broke the connection.',
  ],
  [/^(ENOTFOUND|EAI_)/, 'dns_failed', 'The name of the target could not be resolved.'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, 'connect_timeout', 'The target took too long to connect.'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'unreachable', 'The target cannot be reached from here.'],
  [/HEADERS?_OVERFLOW$/, 'answer_headers_too_large', 'The headers of the answer are larger than 16 KiB.'],
  [/^(HPE_|HTTPParserError$|UND_ERR_RES_)/, 'answer_invalid', 'The answer of the target is not valid HTTP.'],
  [
    /^(EPROTO|ERR_SSL|ERR_TLS|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|HOSTNAME_MISMATCH)/,
    'tls_failed',
    'No trusted TLS connection to the target could be made.',
  ],
];

/**
 * What went wrong on the way to a target, in own words: an attempt's error is shown to the user and must tell
 * nothing of the network that Turnwise stands in. Retried, unless the target may not be reached at all.
 */
export function networkFailure(error: unknown): AttemptFailure {
  if (error instanceof TargetRefused)
    return new PermanentFailure(error.message, { code: 'target_refused', cause: error });
  const cause = codeOf(error);
  const [, code, message] = NAMED.find(([pattern]) => pattern.test(cause)) ?? [
    undefined,
    'network_error',
    'The request could not be delivered.',
  ];
  return new AttemptFailure(message, { code, details: { cause }, cause: error });
}

/** The error's code; undici's parser has only a name. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return [code, name].find((word) => typeof word === 'string') ?? 'unknown';
}
