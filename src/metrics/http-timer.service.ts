import { Injectable, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { servedMs } from '../common/flow/client-wait';
import { SECOND_MS } from '../common/time/units';
import { MetricsRegistry } from './metrics.registry';

/** In place of a status: the client went before its answer began. */
const GONE = 'gone';

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Times every HTTP call by its route's template, without a wait that its client asked for. Calls that no route serves
 * share one label, and so do files.
 */
@Injectable()
export class HttpTimer implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly metrics: MetricsRegistry,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter?.getInstance();
    fastify?.addHook('onResponse', (request, reply, done) => {
      this.observe(request, reply, `${Math.trunc(reply.statusCode / 100)}xx`);
      done();
    });
    // It does not come for a client that has gone, and those that wait for too long do go.
    fastify?.addHook('onRequest', (request, reply, done) => {
      const { raw } = reply;
      raw.once('close', () => raw.headersSent || this.observe(request, reply, GONE));
      done();
    });
  }

  private observe(request: FastifyRequest, reply: FastifyReply, status: string): void {
    const route = request.is404 ? 'unknown' : routeOf(request.routeOptions);
    this.metrics.httpSeconds.observe(
      { method: methodOf(request.method), route, status },
      servedMs(reply) / SECOND_MS,
    );
  }
}

/** The GET route serves HEAD too. A label of its own would double the number of series. */
function methodOf(method: string): string {
  if (method === 'HEAD') return 'GET';
  return METHODS.has(method) ? method : 'other';
}

const routeOf = ({ url = 'unknown', config }: FastifyRequest['routeOptions']): string =>
  (config as { isFile?: true }).isFile ? 'file' : url;
