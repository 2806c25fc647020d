import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../common/errors/problem';
import { Shutdown } from '../common/shutdown';
import { SECOND_MS } from '../common/time';

/** How long calls that are being answered may go on after everything else has stopped. */
const DRAIN_MS = 5 * SECOND_MS;

/** Still answered on the way out: they say so. */
const OPERATIONS = /^\/(health|metrics)(\/|\?|$)/;

/** On the way out new calls are refused, and those being answered get a bounded time to end. */
@Injectable()
export class OpenCalls implements BeforeApplicationShutdown {
  private open = 0;
  private onEmpty: (() => void) | undefined;

  constructor(private readonly shutdown: Shutdown) {}

  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      this.open += 1;
      reply.raw.once('close', () => this.ended());
      if (!this.shutdown.hasBegun || OPERATIONS.test(request.url)) return done();
      const headers = { connection: 'close' };
      done(new Problem('unavailable', 'This process is shutting down.', { retryAfterSeconds: 1, headers }));
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.open === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, DRAIN_MS);
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
