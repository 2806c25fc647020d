import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../common/errors/problem';
import { Shutdown } from '../common/process/shutdown';
import { SECOND_MS } from '../common/time/units';
import { OPERATIONS } from './operations';

/** How long open calls may take to finish after everything else has stopped. */
const LAST_CALLS_MS = 5 * SECOND_MS;

/**
 * While the process is leaving, every answer closes its connection. At the end new calls are refused, and open calls
 * get a limited time to finish.
 */
@Injectable()
export class OpenCalls implements BeforeApplicationShutdown {
  private open = 0;
  private onEmpty: (() => void) | undefined;

  constructor(private readonly shutdown: Shutdown) {}

  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      this.open += 1;
      reply.raw.once('close', () => this.ended());
      if (!this.shutdown.isLeaving) return done();
      void reply.header('connection', 'close'); // so that a balancer's pooled connections move to another process
      if (!this.shutdown.hasBegun || OPERATIONS.test(request.url)) return done();
      done(new Problem('unavailable', 'This process is shutting down.'));
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.open === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LAST_CALLS_MS);
      this.onEmpty = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private ended(): void {
    this.open -= 1;
    if (this.open === 0) this.onEmpty?.();
  }
}
