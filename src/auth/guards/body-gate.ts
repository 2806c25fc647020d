import { Injectable, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../common/errors/problem';
import { keepPayer } from '../../common/flow/payer';
import { KnownCallers } from './known-callers';
import { isProtected } from './protected-route';
import { unauthorized } from './refusals';

/** Bytes of a stranger's body that are read and discarded. With a larger body the connection closes. */
const MOST_THROWN_AWAY = 8 * 1024;

/**
 * Reads the bodies of protected routes only for known callers. Fastify parses a body before any guard runs, so a
 * stranger's body would cost far more than its refusal. (P5) Keeps the account on the request: it pays for the parsing.
 * The connection of a client whose token has ended stays open: it may be in the middle of its body.
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
      const refuse = (error: Error) => {
        const most = this.callers.hasOurToken(request) ? request.routeOptions.bodyLimit : MOST_THROWN_AWAY;
        if (!(Number(request.headers['content-length']) <= most)) void reply.header('connection', 'close');
        done(error);
      };
      const decide = (payer: string | undefined) => {
        if (payer === undefined) return refuse(unauthorized());
        keepPayer(request, payer);
        done();
      };
      this.callers.tellPayer(request, decide, (error) =>
        error instanceof Problem ? refuse(error) : done(error),
      );
    });
  }
}

/** Whether there is a body to read and parse. Fastify reads none of GET and HEAD. */
const hasBody = ({ method, headers }: FastifyRequest): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  (headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0');
