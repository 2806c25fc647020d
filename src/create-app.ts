import type { ModuleMetadata } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import type { Settings } from './config/settings';
import { createServer } from './http/create-server';
import { serveOpenApi } from './http/openapi';

/** Modules of handlers that are not the product's own. */
export type OwnModules = NonNullable<ModuleMetadata['imports']>;

/** The application of one process in its role, connected to its stores. It does not listen yet. */
export async function createApp(settings: Settings, own: OwnModules = []): Promise<NestFastifyApplication> {
  const app = await createServer(AppModule.of(settings, own), settings);
  if (settings.role !== 'worker') serveOpenApi(app);
  return app;
}
