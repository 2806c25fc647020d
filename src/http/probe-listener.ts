import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SECOND_MS } from '../common/time/units';
import type { HttpSettings } from '../config/settings';
import { OPERATIONS } from './operations';

/** More than probes and scrapers need, and too few to do harm. */
const MOST_CONNECTIONS = 100;

/** How long a request may take to arrive, and how long a connection may be idle. */
const PATIENCE_MS = 5 * SECOND_MS;

/**
 * A second listener, only for probes and scrapers (HEALTH_PORT). Connections of the API cannot fill it, so a live
 * process whose API connections are used up still answers `/health/live` and is not restarted.
 */
@Injectable()
export class ProbeListener implements OnApplicationShutdown {
  private server: Server | undefined;

  /**
   * Listens on HEALTH_PORT, if it is set. The application answers the calls and must listen already.
   * @returns the port
   * @throws if the port is taken
   */
  async listen(
    app: NestFastifyApplication,
    { host, healthPort }: Pick<HttpSettings, 'host' | 'healthPort'>,
  ): Promise<number | undefined> {
    if (healthPort === undefined) return undefined;
    const fastify = app.getHttpAdapter().getInstance();
    const patience = {
      headersTimeout: PATIENCE_MS,
      requestTimeout: PATIENCE_MS,
      keepAliveTimeout: PATIENCE_MS,
    };
    this.server = createServer(patience, (request, response) => {
      if (OPERATIONS.test(request.url ?? '')) fastify.routing(request, response);
      else response.writeHead(404, { connection: 'close' }).end();
    });
    this.server.maxConnections = MOST_CONNECTIONS;
    this.server.listen(healthPort, host);
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  /** Closes last, so that probes are answered to the end. */
  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}
