import { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Settings } from '../config/settings';
import { answerForNode } from './client-error';
import { boundConnections } from './connection-room';
import { readExactJson } from './exact-json';
import { JsonLog } from './json-log';
import { logCalls } from './log-calls';
import { OpenCalls } from './open-calls';
import { ProblemFilter } from './problem.filter';
import { closeQueuedAnswers } from './queued-answers';
import { sendSecurityHeaders } from './security-headers';
import { countServedCalls } from './served-calls';
import { limitBodies, serverOptions } from './server-options';
import { warnOfUnnamedProxy } from './unnamed-proxy';
import { UnreadAnswers } from './unread-answers';
import { answerUnknownRoutes } from './unknown-routes';

/**
 * A Nest application on Fastify, with the rules that hold for every route. It is not initialised yet and does not
 * listen.
 * @param root must import HttpModule
 */
export async function createServer(
  root: DynamicModule,
  { http, log }: Pick<Settings, 'http' | 'log'>,
  logger = new JsonLog(log),
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter(serverOptions(http));
  boundConnections(adapter.getInstance().server, http.maxConnections);
  limitBodies(adapter.getInstance());
  readExactJson(adapter.getInstance());
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger, // from the first line on, because a start may wait for MongoDB
    bodyParser: false,
    abortOnError: false, // main.ts reports the error in one sentence
    forceCloseConnections: true, // otherwise an open event stream would keep the process alive
  });
  closeQueuedAnswers(adapter.getInstance()); // first: all others wait for the event
  logCalls(adapter.getInstance(), logger);
  warnOfUnnamedProxy(adapter.getInstance());
  sendSecurityHeaders(adapter.getInstance(), http.portalOrigins);
  app.get(OpenCalls).watch(adapter.getInstance());
  app.get(UnreadAnswers).watch(adapter.getInstance());
  countServedCalls(adapter.getInstance());
  answerForNode(adapter.getInstance());
  answerUnknownRoutes(adapter.getInstance());
  answerErrorsOfFastify(adapter, app.get(ProblemFilter));
  return app;
}

/**
 * Answers errors before a route is reached (such as a body that is not JSON) like all others. Nest sets its handler
 * only after the hooks of all modules; by then Fastify may have read another one from its routes.
 */
function answerErrorsOfFastify(adapter: FastifyAdapter, filter: ProblemFilter): void {
  adapter
    .getInstance()
    .setErrorHandler((error, request, reply) =>
      filter.catch(error, new ExecutionContextHost([request, reply])),
    );
  adapter.setErrorHandler = () => adapter.getInstance();
}
