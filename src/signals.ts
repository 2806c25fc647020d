import { INestApplication, Logger } from '@nestjs/common';
import { Shutdown } from './common/shutdown';
import { SECOND_MS } from './common/time';

/** What closing may take beyond the handlers' grace: those that ignore it, calls being answered, the stores. */
const CLOSING_MS = 20 * SECOND_MS;

/**
 * SIGTERM and SIGINT: not ready from now on, then everything is closed in order, exit 0; or 75 when the process asks
 * for its own replacement. A second signal, or a close that hangs, ends the process at once.
 */
export function endOnSignal(app: INestApplication, graceMs: number): void {
  const log = new Logger('Process');
  const shutdown = app.get(Shutdown);
  const end = (signal: string) => {
    if (shutdown.hasBegun) {
      process.stderr.write('A second signal: ended at once.\n');
      process.exit(1);
    }
    shutdown.begin();
    log.log(`${signal}: closing`);
    setTimeout(() => {
      log.error('closing took too long');
      process.stderr.write('Closing took too long.\n');
      process.exit(1);
    }, graceMs + CLOSING_MS).unref();
    app.close().then(
      () => process.exit(shutdown.exitCode),
      (error: unknown) => {
        log.error('closing failed', error instanceof Error ? error.stack : String(error));
        process.stderr.write(`Closing failed: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  shutdown.onReplace(() => end('to be replaced'));
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}
