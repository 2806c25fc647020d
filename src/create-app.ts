import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import type { Settings } from './config/settings';
import { createServer } from './http/create-server';
import { serveOpenApi } from './http/openapi';

/** The application of one process in its role, connected to its stores. It does not listen yet. */
export async function createApp(settings: Settings): Promise<NestFastifyApplication> {
  const app = await createServer(AppModule.of(settings), settings);
  if (settings.role !== 'worker') serveOpenApi(app);
  return app;
}
