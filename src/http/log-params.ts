import type { Params } from 'nestjs-pino';
import type { LogSettings } from '../config/settings';

/** Never written, wherever they turn up in something that is logged. Bodies are never logged at all. */
const SECRETS = [
  'authorization',
  'cookie',
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'key',
  'secret',
  'payload',
];
const REDACTED = [...SECRETS, ...SECRETS.flatMap((name) => [`*.${name}`, `*.*.${name}`]), '*["set-cookie"]'];

/**
 * Polled every few seconds by probes and scrapers. A worker that serves nothing else never enters an
 * AsyncLocalStorage then, which before Node 24 makes every promise of the process dearer from the first time on.
 */
const UNLOGGED = ['health/*path', 'metrics'];

/** Of the URL only the path is logged: a query may carry a token, or words of a payload. */
const call = ({ method, url, remoteAddress }: { method: string; url: string; remoteAddress: string }) => ({
  method,
  path: url.split('?', 1)[0],
  remoteAddress,
});

const withoutError = (
  _request: unknown,
  _response: unknown,
  _error: Error,
  { err: _, ...line }: { err: unknown },
) => line;

/** JSON logs, a line a call; every line that is written while a call is answered bears its request id. */
export function logParams({ level }: LogSettings): Params {
  return {
    forRoutes: ['*path'], // Fastify: without it no call is logged
    exclude: UNLOGGED,
    pinoHttp: {
      level,
      quietReqLogger: true,
      customAttributeKeys: { reqId: 'requestId' },
      customSuccessMessage: () => 'answered',
      customErrorMessage: () => 'not answered',
      // pino-http's own error says "failed with status code 503" and where it was made; what failed, ProblemFilter logs.
      customErrorObject: withoutError,
      serializers: { req: call, res: ({ statusCode }: { statusCode: number }) => ({ statusCode }) },
      redact: { paths: REDACTED, censor: '[secret]' },
    },
  };
}
