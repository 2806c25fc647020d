/** Everything needed to write your own handlers (docs/handlers.md). */
export { JsonText } from '../common/json/json-text';
export type { CustomHandlers } from './custom-handlers';
export type { FailureOptions } from './failures';
export { AttemptFailure, PermanentFailure, RetryLater } from './failures';
export type { Handler, RequestContext } from './handler';
export type { RequestHandlerOptions } from './request-handler.decorator';
export { RequestHandler } from './request-handler.decorator';
export type { TestAttempt, TestRun } from './testing';
export { HandlerTester, HandlerTestingModule, testerOf } from './testing';
