import { Injectable, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { keepPayer } from '../../common/flow/payer';
import { KnownCallers } from './known-callers';
import { isProtected } from './protected-route';
import { unauthorized } from './refusals';

/** A larger rest is not even taken in and thrown away: the connection ends with the refusal. Bytes. */
const MOST_THROWN_AWAY = 8 * 1024;

/**
 * Has the bodies of protected routes read of known callers alone, so that what a stranger sends costs no more than its way in:
 * a body is parsed before any guard runs. (P5) The account is noted: it pays for the parsing.
 */
@Injectable()
export class BodyGate implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly callers: KnownCallers,
  ) {}

  onModuleInit(): void {
    this.host.httpAdapter?.getInstance().addHook('preParsing', (request, reply, _payload, done) => {
      if (!hasBody(request) || !isProtected(request.routeOptions)) return done();
      const decide = (payer: string | undefined) => {
        if (payer !== undefined) {
          keepPayer(request, payer);
          return done();
        }
        if (!(Number(request.headers['content-length']) <= MOST_THROWN_AWAY))
          void reply.header('connection', 'close');
        done(unauthorized());
      };
      this.callers.tellPayer(request, decide, done);
    });
  }
}

/** Whether anything would be read and parsed; GET and HEAD have no body for Fastify. */
const hasBody = ({ method, headers }: FastifyRequest): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  (headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0');
