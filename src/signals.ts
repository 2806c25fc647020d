import type { INestApplication } from '@nestjs/common';
import { EventLog, flushRepeats } from './common/log/event-log';
import { Shutdown } from './common/process/shutdown';
import { SECOND_MS } from './common/time/units';
import type { Settings } from './config/settings';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Time for closing beyond the handlers' grace: for handlers that ignore it, open calls and the stores. */
const CLOSING_MS = 20 * SECOND_MS;

/**
 * SIGTERM and SIGINT while nothing is claimed or served yet: exit 0 at once. Without a handler, process 1 of a container
 * ignores them, and a start may wait half a minute for MongoDB.
 * @returns ends this, once `endOnSignal` is in place
 */
export function endStartOnSignal(): () => void {
  const end = () => {
    process.stderr.write('Told to end before the start was complete.\n');
    process.exit(0);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
}

/**
 * SIGTERM and SIGINT: not ready from now on; calls are served for DRAIN_MS, so that balancers can notice; then
 * everything is closed in order, exit 0; or 75 when the process asks for its own replacement.
 *
 * A signal during the drain ends the drain. A signal after that, or a close that hangs, ends the process at once.
 */
export function endOnSignal(app: INestApplication, { http, worker }: Settings): void {
  const log = new EventLog('Process');
  const shutdown = app.get(Shutdown);
  let drain: NodeJS.Timeout | undefined;

  const close = () => {
    clearTimeout(drain);
    shutdown.begin();
    log.write('process.closing', {});
    setTimeout(() => {
      log.write('process.close_failed', { cause: 'it took too long' });
      process.stderr.write('Closing took too long.\n');
      process.exit(1);
    }, worker.shutdownGraceMs + CLOSING_MS).unref();
    app.close().then(
      () => {
        flushRepeats();
        process.exit(shutdown.exitCode);
      },
      (error: unknown) => {
        log.write('process.close_failed', { cause: error });
        process.stderr.write(`Closing failed: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };

  const end = (signal: string) => {
    if (shutdown.hasBegun) {
      process.stderr.write('A second signal: ended at once.\n');
      process.exit(1);
    }
    if (shutdown.isLeaving) return close();
    shutdown.leave();
    log.write('process.draining', { signal, durationMs: http.drainMs });
    if (http.drainMs === 0) return close();
    drain = setTimeout(close, http.drainMs);
  };
  shutdown.onReplace(() => end('none: it has asked for its end'));
  for (const signal of SIGNALS) process.on(signal, end);
}
