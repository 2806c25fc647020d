import type { LoggerService } from '@nestjs/common';
import { DestinationStream, Logger as Pino, pino } from 'pino';
import { LOG_EVENTS } from '../common/log/catalogue';
import type { LogSettings } from '../config/settings';

/** Never logged, wherever they appear. Bodies are never logged at all. */
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

/** Nest's own log of each start: 130 lines that matter only if the start itself fails. */
const NEST_START = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/** The fields of a line besides its text. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * JSON lines on stdout. Nest's loggers write `msg` with the `context` of the logger, and an error's stack as `err`. A
 * message that is an object becomes fields of the line.
 * @param to the destination; default stdout
 */
export class JsonLog implements LoggerService {
  /** For lines with fixed fields that hold no secret: looking for secrets costs more than writing the line. */
  readonly calls: Pino;
  private readonly lines: Pino;

  constructor({ level }: LogSettings, to: DestinationStream = pino.destination(1)) {
    this.calls = pino({ level }, to);
    this.lines = pino({ level, redact: { paths: REDACTED, censor: '[secret]' } }, to);
  }

  verbose(message: unknown, ...params: unknown[]): void {
    this.write('trace', message, params);
  }

  debug(message: unknown, ...params: unknown[]): void {
    this.write('debug', message, params);
  }

  log(message: unknown, ...params: unknown[]): void {
    this.write(NEST_START.has(String(params.at(-1))) ? 'debug' : 'info', message, params);
  }

  warn(message: unknown, ...params: unknown[]): void {
    this.write('warn', message, params);
  }

  error(message: unknown, ...params: unknown[]): void {
    this.write('error', message, params);
  }

  fatal(message: unknown, ...params: unknown[]): void {
    this.write('fatal', message, params);
  }

  /** Lines of the catalogue have only its fields. Lines of Nest, libraries and handlers may hold anything. */
  private writerOf({ event }: Fields): Pino {
    return typeof event === 'string' && Object.hasOwn(LOG_EVENTS, event) ? this.calls : this.lines;
  }

  /** @param params of Nest's loggers: a stack, if there is one, and the context */
  private write(level: pino.Level, message: unknown, params: readonly unknown[]): void {
    if (!this.lines.isLevelEnabled(level)) return;
    const [stack, context] = params.length > 1 ? params : [undefined, params[0]];
    const fields = fieldsOf(message);
    const err = typeof stack === 'string' ? { err: withStack(String(fields['msg']), stack) } : {};
    this.writerOf(fields)[level]({ context, ...fields, ...err });
  }
}

const fieldsOf = (message: unknown): Fields => {
  if (message instanceof Error) return { err: message, msg: message.message };
  return typeof message === 'object' && message !== null ? (message as Fields) : { msg: String(message) };
};

const withStack = (message: string, stack: string) => Object.assign(new Error(message), { stack });
