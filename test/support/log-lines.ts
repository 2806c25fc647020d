import { Logger } from '@nestjs/common';
import { JsonLog } from '../../src/http/json-log';

export type LogLine = Readonly<Record<string, unknown>>;

/** Collects the log lines of this process from now on, until a Nest application sets another logger. */
export function collectLogLines(): readonly LogLine[] {
  const lines: LogLine[] = [];
  const to = { write: (line: string) => void lines.push(JSON.parse(line) as LogLine) };
  Logger.overrideLogger(new JsonLog({ level: 'debug' }, to));
  return lines;
}
