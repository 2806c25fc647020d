import type { LoggerService } from '@nestjs/common';
import { DestinationStream, Logger as Pino, pino } from 'pino';
import { LOG_EVENTS } from '../common/log/catalogue';
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

/** Nest's own log of each start: 130 lines that matter only if the start itself fails. */
const NEST_START = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/** What a line says besides its text. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * JSON lines on stdout. Nest's loggers write `msg` with the `context` that logs it, and an error's stack as `err`; a
 * message that is an object gives the line its fields.
 * @param to where the lines go, if not to stdout
 */
export class JsonLog implements LoggerService {
  /** For lines whose fields are fixed and hold no secret: looking for secrets costs more than writing the line. */
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

  /** Lines of the catalogue have its fields and no others; the words of Nest, of libraries and of handlers may hold anything. */
  private writerOf({ event }: Fields): Pino {
    return typeof event === 'string' && Object.hasOwn(LOG_EVENTS, event) ? this.calls : this.lines;
  }

  /** @param params of Nest's loggers: a stack, if the line has one, and the context */
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
