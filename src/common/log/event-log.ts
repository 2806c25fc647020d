import { Logger } from '@nestjs/common';
import { causeOf, stackOf } from './cause';
import { FieldsOf, LOG_EVENTS, LogEntry, LogEvent } from './catalogue';
import { Repeats } from './repeats';

const repeats = new Repeats();

/**
 * Writes lines of the catalogue: the event, its fixed text and only the fields that the catalogue names. A cause is
 * written in our words. While a store is away, failures because of it are written at debug level.
 */
export class EventLog {
  private readonly logger: Logger;

  /** @param context who writes the line, as in Nest's loggers */
  constructor(context: string) {
    this.logger = new Logger(context);
  }

  write<E extends LogEvent>(event: E, given: FieldsOf<E>): void {
    const { level, msg, fields, counted }: LogEntry = LOG_EVENTS[event];
    const from = given as Record<string, unknown>;
    const line: Record<string, unknown> = { event, msg };
    for (const field of fields.split(' ')) {
      const name = field.endsWith('?') ? field.slice(0, -1) : field;
      if (from[name] !== undefined) line[name] = from[name];
    }
    if (!('cause' in line)) return this.logger[level](line);

    const cause = causeOf(from['cause']);
    line['cause'] = cause.text;
    if (cause.isOutage && event === 'step.failed') return this.logger.debug(line);
    const key = counted && [event, ...counted.split(' ').map((name) => line[name])].join('\n');
    const stack = level === 'error' || level === 'fatal' ? stackOf(from['cause']) : undefined;
    const say = (more: object) =>
      stack === undefined
        ? this.logger[level]({ ...line, ...more })
        : this.logger[level]({ ...line, ...more }, stack);
    if (key === undefined) return say({});
    repeats.count(key, say);
  }
}

/** Writes all pending counts. Call it at the end of the process. */
export const flushRepeats = (): void => repeats.flush();
