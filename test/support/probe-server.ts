import { DynamicModule, ModuleMetadata } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ClockModule } from '../../src/common/time/clock.module';
import { ConfigModule } from '../../src/config/config.module';
import { EventsModule } from '../../src/events/events.module';
import { createServer } from '../../src/http/create-server';
import { HttpModule } from '../../src/http/http.module';
import type { JsonLog } from '../../src/http/json-log';
import { ProbeListener } from '../../src/http/probe-listener';
import { testSettings } from './test-settings';

class ProbeModule {}

/** Starts the HTTP server around a test's routes, without any store. It is initialised and listens on a free port. */
export async function startProbeServer(
  parts: ModuleMetadata,
  overrides: Record<string, string> = {},
  log?: JsonLog,
): Promise<{ app: NestFastifyApplication; url: string; healthPort: number | undefined }> {
  const settings = testSettings(overrides);
  const root: DynamicModule = {
    module: ProbeModule,
    ...parts,
    imports: [ConfigModule.of(settings), ClockModule, EventsModule, HttpModule, ...(parts.imports ?? [])],
  };
  const app = await createServer(root, settings, log);
  await app.listen(0, '127.0.0.1');
  const healthPort = await app.get(ProbeListener).listen(app, settings.http);
  return { app, url: await app.getUrl(), healthPort };
}
