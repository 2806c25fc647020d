import { writeFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import type { Settings } from './config/settings';
import type { OwnModules } from './create-app';
import { JsonLog } from './http/json-log';
import { sentenceOf } from './start-failure';
import { IsolatedRunner } from './workers/in-process/isolation/isolated-runner.service';
import { ISOLATED, Report } from './workers/in-process/isolation/messages';

/** Whether another process started this one to run suspects in it. */
export const isIsolated = (): boolean => process.argv[2] === ISOLATED && process.connected;

/**
 * Runs the attempts of suspects for the parent process, until the parent no longer needs this process, or is gone.
 * @param configuration ends the process if it is wrong
 */
export async function runIsolated(configuration: () => Promise<[Settings, OwnModules]>): Promise<void> {
  process.once('disconnect', () => process.exit(0));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined); // the parent decides
  process.once('uncaughtException', endBroken);
  process.once('unhandledRejection', endBroken);
  await dieFirst();
  const [settings, own] = await configuration();
  try {
    const app = await NestFactory.createApplicationContext(AppModule.isolated(settings, own), {
      logger: new JsonLog(settings.log),
      abortOnError: false,
    });
    app.get(IsolatedRunner).start();
  } catch (error) {
    process.stderr.write(`An isolated process did not start. ${sentenceOf(error, settings)}\n`);
    process.exit(1);
  }
}

/** Asks the kernel to kill this process, not its parent, when memory runs out. Only Linux offers this. */
async function dieFirst(): Promise<void> {
  await writeFile('/proc/self/oom_score_adj', '1000').catch(() => undefined);
}

/** Reports the reason, so that it is recorded with the attempt. */
function endBroken(error: unknown): void {
  const message = `an exception nobody caught (${error instanceof Error ? error.message : String(error)})`;
  process.stderr.write(`An isolated process ends: ${error instanceof Error ? error.stack : message}\n`);
  process.send?.({ kind: 'broken', message: message.slice(0, 500) } satisfies Report, () => process.exit(1));
}
