import type { ModuleMetadata } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import type { Settings } from './config/settings';
import { StrangerGate } from './auth/guards/stranger-gate';
import { createServer } from './http/create-server';
import { serveOpenApi } from './http/openapi';
import { OPERATIONS } from './http/operations';

/** Modules of custom handlers. */
export type OwnModules = NonNullable<ModuleMetadata['imports']>;

/**
 * The application of one process in its role, connected to its stores. It does not listen yet.
 * @param program the file of the program that this process runs, see AppModule
 */
export async function createApp(
  settings: Settings,
  own: OwnModules = [],
  program?: string,
): Promise<NestFastifyApplication> {
  const app = await createServer(AppModule.of(settings, own, program), settings);
  if (settings.role === 'worker') return app;
  app.get(StrangerGate).watch(app.getHttpAdapter().getInstance(), OPERATIONS);
  serveOpenApi(app);
  return app;
}
