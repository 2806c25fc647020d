import type { TestingModule } from '@nestjs/testing';
import { HandlerRegistry } from '../../../../src/handlers/handler-registry.service';
import type { RequestContext } from '../../../../src/handlers/handler';
import type { TargetAnswer } from '../../../../src/handlers/http/target-answer';
import { contextOf } from '../start-handlers';

/** Runs one attempt of an `http` request. */
export const deliver = (module: TestingModule, payload: object, more: Partial<RequestContext> = {}) =>
  module
    .get(HandlerRegistry, { strict: false })
    .run(contextOf('http', payload, more)) as Promise<TargetAnswer>;
