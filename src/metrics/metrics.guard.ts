import { createHash, timingSafeEqual } from 'node:crypto';
import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MetricsSettings } from '../config/settings';
import { Problem } from '../common/errors/problem';

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;

/**
 * Decides who may scrape: callers with METRICS_TOKEN. If it is unset, nobody in production, otherwise only this
 * machine, by the socket's own address.
 */
@Injectable()
export class MetricsGuard implements CanActivate {
  constructor(private readonly settings: MetricsSettings) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers, socket } = context.switchToHttp().getRequest<FastifyRequest>();
    const { token, isOpenToLoopback } = this.settings;
    if (token === undefined && !isOpenToLoopback)
      throw new Problem('forbidden', 'In production the metrics require METRICS_TOKEN, which is not set.');
    if (token === undefined) {
      // A proxy on this machine forwards calls from elsewhere, and those do not count as this machine.
      const passedOn = headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined;
      if (!passedOn && LOOPBACK.test(socket.remoteAddress ?? '')) return true;
      throw new Problem('forbidden', 'Without METRICS_TOKEN, only this machine may read the metrics.');
    }
    if (isSame(headers.authorization ?? '', `Bearer ${token}`)) return true;
    throw new Problem('unauthorized', 'The metrics require their bearer token.');
  }
}

/** Takes the same time whatever the difference, including in length. */
const isSame = (given: string, expected: string) => timingSafeEqual(digest(given), digest(expected));

const digest = (text: string) => createHash('sha256').update(text).digest();
