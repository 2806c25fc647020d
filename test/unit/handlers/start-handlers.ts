import { Logger, Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { Test, TestingModule } from '@nestjs/testing';
import { ClockModule } from '../../../src/common/time/clock.module';
import { HandlerSettings } from '../../../src/config/settings';
import type { RequestContext } from '../../../src/handlers/handler';
import { DeliverySigner, SignedDelivery } from '../../../src/handlers/http/delivery-signer';
import { TargetResolver } from '../../../src/handlers/http/target-resolver';
import { HandlersModule } from '../../../src/handlers/handlers.module';
import { signatureHeaders } from '../../../src/webhooks/signature';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

@Module({})
class SettingsModule {
  static of(settings: HandlerSettings): DynamicModule {
    const providers = [
      { provide: HandlerSettings, useValue: settings },
      { provide: DeliverySigner, useClass: FixedSigner },
    ];
    return {
      module: SettingsModule,
      global: true,
      providers,
      exports: [HandlerSettings, DeliverySigner],
    };
  }
}

/** Signs with one secret at a fixed time. */
class FixedSigner extends DeliverySigner {
  async sign({ deliveryId, body }: SignedDelivery): Promise<string[]> {
    return signatureHeaders(deliveryId, 0, body, [SECRET]);
  }
}

/** A module with the built-in handlers and the given ones. The test closes it. */
export async function startHandlers(
  allowTargets: string[] = [],
  providers: Provider[] = [],
  proxies: HandlerSettings['proxies'] = { not: [] },
  resolver = TargetResolver.ofSystem(),
): Promise<TestingModule> {
  const imports = [SettingsModule.of({ allowTargets, sleeps: true, proxies }), ClockModule, HandlersModule];
  const module = await Test.createTestingModule({ imports, providers })
    .overrideProvider(TargetResolver)
    .useValue(resolver)
    .compile();
  return module.init();
}

/** The context of a first attempt, with the payload written as JSON. */
export function contextOf(
  type: string,
  payload: unknown,
  more: Partial<RequestContext> = {},
): RequestContext {
  return {
    requestId: 'r1',
    userId: 'u1',
    type,
    attempt: 1,
    seq: 1_764_000_000_000_000,
    fencingToken: 4_294_967_297,
    idempotencyKey: 'r1',
    signal: new AbortController().signal,
    payloadText: JSON.stringify(payload),
    log: new Logger('test'),
    progress: () => undefined,
    ...more,
  };
}

/** The reason of a rejected promise. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (failure: unknown) => ({ failure }),
  );
  if ('failure' in outcome) return outcome.failure;
  throw new Error(`It did not fail: ${JSON.stringify(outcome.value)}`);
}
