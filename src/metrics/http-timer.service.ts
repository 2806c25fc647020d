import { Injectable, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { SECOND_MS } from '../common/time/units';
import { MetricsRegistry } from './metrics.registry';

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Times every HTTP call by its route's template. Calls that no route serves share one label, and so do files. */
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
          method: methodOf(request.method),
          route: request.is404 ? 'unknown' : routeOf(request.routeOptions),
          status: `${Math.trunc(reply.statusCode / 100)}xx`,
        },
        reply.elapsedTime / SECOND_MS,
      );
      done();
    });
  }
}

/** The GET route serves HEAD too. A label of its own would double the number of series. */
function methodOf(method: string): string {
  if (method === 'HEAD') return 'GET';
  return METHODS.has(method) ? method : 'other';
}

const routeOf = ({ url = 'unknown', config }: FastifyRequest['routeOptions']): string =>
  (config as { isFile?: true }).isFile ? 'file' : url;
