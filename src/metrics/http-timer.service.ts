import { Injectable, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { SECOND_MS } from '../common/time';
import { MetricsRegistry } from './metrics.registry';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Times every HTTP call by its route's template; calls that no route serves share one bucket. */
@Injectable()
export class HttpTimer implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly metrics: MetricsRegistry,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter?.getInstance();
    fastify?.addHook('onResponse', (request, reply, done) => {
      this.metrics.httpSeconds.observe(
        {
          method: METHODS.has(request.method) ? request.method : 'other',
          route: request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown'),
          status: `${Math.trunc(reply.statusCode / 100)}xx`,
        },
        reply.elapsedTime / SECOND_MS,
      );
      done();
    });
  }
}
