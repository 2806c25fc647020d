import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { EventLog } from './common/log/event-log';
import { EXIT_CONFIGURATION } from './common/process/shutdown';
import { InvalidEnvironment, loadSettings } from './config/env';
import type { Settings } from './config/settings';
import { createApp, OwnModules } from './create-app';
import { CustomHandlers, customModules } from './handlers/custom-handlers';
import { modulesOfFile } from './handlers-file';
import { ProbeListener } from './http/probe-listener';
import { isIsolated, runIsolated } from './run-isolated';
import { endOnSignal, endStartOnSignal } from './signals';
import { sentenceOf } from './start-failure';

const log = new EventLog('Process');

/** The configuration, and all modules of custom handlers. */
async function configurationOrExit(handlers: CustomHandlers): Promise<[Settings, OwnModules]> {
  try {
    const settings = loadSettings();
    return [settings, [...customModules(handlers), ...(await modulesOfFile(settings.handlers.file))]];
  } catch (error) {
    if (!(error instanceof InvalidEnvironment)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIGURATION);
  }
}

/**
 * Runs one process until it is told to end. A program's main file calls it, and is started again for suspects.
 * @param handlers in addition to those of the file that HANDLERS names; the same in every process of a cluster
 */
export async function run(handlers: CustomHandlers = []): Promise<void> {
  if (isIsolated()) return runIsolated(() => configurationOrExit(handlers));
  const started = endStartOnSignal();
  process.once('unhandledRejection', (reason) => {
    log.write('process.crashed', { cause: reason });
    process.stderr.write(`A rejection nobody handled: ${String(reason)}\n`);
    process.exit(1);
  });
  const [settings, own] = await configurationOrExit(handlers);
  const { host, port } = settings.http;
  let app: NestFastifyApplication | undefined;
  try {
    app = await createApp(settings, own, process.argv[1]);
    endOnSignal(app, settings);
    started(); // not a moment later: from here on it joins the cluster
    await app.listen({ host, port });
    const healthPort = await app.get(ProbeListener).listen(app, settings.http);
    log.write('process.listening', { url: await app.getUrl(), role: settings.role, healthPort });
  } catch (error) {
    process.stderr.write(`${sentenceOf(error, settings)}\n`);
    await app?.close().catch(() => undefined); // hands back what it has begun to serve
    process.exit(error instanceof InvalidEnvironment ? EXIT_CONFIGURATION : 1);
  }
}
