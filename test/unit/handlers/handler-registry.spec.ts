import { Injectable, Provider, Scope } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { Expose, Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { HandlerRegistry } from '../../../src/handlers/handler-registry.service';
import { RequestHandler } from '../../../src/handlers/request-handler.decorator';
import { contextOf, failureOf, startHandlers } from './start-handlers';

class Line {
  @IsInt() count: number;
}
class Order {
  @IsString() name: string;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Line) lines?: Line[];
  @IsOptional() @IsObject() free?: object;
  @IsOptional() @Expose({ name: 'customer_id' }) customer?: string;
}

@RequestHandler('order', { payload: Order, description: 'Takes an order.', lane: 'slow' })
class OrderHandler {
  async handle(order: Order) {
    return { isOrder: order instanceof Order, isLine: order.lines?.[0] instanceof Line };
  }
}
@RequestHandler('order')
class OtherOrderHandler extends OrderHandler {}
@RequestHandler('Not a type')
class BadlyNamed extends OrderHandler {}
@RequestHandler('idle')
class Idle {}
@Injectable({ scope: Scope.REQUEST })
class PerRequest {}
@RequestHandler('scoped')
class Scoped extends OrderHandler {
  constructor(readonly perRequest: PerRequest) {
    super();
  }
}

describe('HandlerRegistry', () => {
  let module: TestingModule;
  let registry: HandlerRegistry;
  beforeAll(async () => {
    const alias = { provide: 'alias', useExisting: OrderHandler };
    module = await startHandlers([], [OrderHandler, alias]);
    registry = module.get(HandlerRegistry, { strict: false });
  });
  afterAll(() => module.close());

  it('finds the handlers of all modules by their type', () => {
    expect(registry.types().map(({ type }) => type)).toEqual(['echo', 'http', 'order', 'sleep']);
    expect(registry.get('order')).toMatchObject({
      description: 'Takes an order.',
      lane: 'slow',
      payload: Order,
    });
    expect([registry.has('order'), registry.has('toString'), registry.get('none')]).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  it.each<[string, Provider[], string]>([
    [
      'two handlers of one type',
      [OrderHandler, OtherOrderHandler],
      'The request type "order" has two handlers: OrderHandler and OtherOrderHandler.',
    ],
    [
      'an invalid type name',
      [BadlyNamed],
      'BadlyNamed: "Not a type" is not a request type; it must be 1 to 64 of a-z 0-9 . _ -',
    ],
    ['a class without handle', [Idle], 'Idle handles "idle" but has no method handle(payload, context).'],
    [
      'a handler made per request',
      [PerRequest, Scoped],
      'Scoped handles "scoped" and must be a singleton, not request-scoped.',
    ],
  ])('does not start with %s', async (_name, providers, sentence) => {
    await expect(startHandlers([], providers)).rejects.toThrow(sentence);
  });

  it.each([
    ['http', '{"url":"https://example.com:8443/hooks"}', 'example.com:8443'],
    ['http', '{"url":"nowhere"}', undefined],
    ['echo', '1', undefined],
    ['none', '1', undefined],
  ])('returns the target of a request of the type %s with %s', (type, payload, target) =>
    expect(registry.targetOf(type, () => JSON.parse(payload))).toBe(target),
  );

  describe('validate', () => {
    it('accepts valid payloads, and any payload of a type without a class', () => {
      expect(registry.validate('order', { name: 'a', lines: [{ count: 1 }] })).toEqual([]);
      expect(registry.validate('echo', null)).toEqual([]);
    });

    it('names fields by pointers from the body, also nested ones', () => {
      const errors = registry.validate('order', { lines: [{ count: 1 }, { count: 'x' }], 'a/b': 1 });
      expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual(
        expect.arrayContaining([
          ['/payload/name', 'is_string'],
          ['/payload/lines/1/count', 'is_int'],
          ['/payload/a~1b', 'unknown_field'],
        ]),
      );
      expect(errors).toHaveLength(3);
    });

    it.each([null, [], 'text', 1])('requires an object, not %j', (payload) => {
      expect(registry.validate('order', payload)).toEqual([
        { pointer: '/payload', code: 'is_object', detail: 'the payload must be a JSON object' },
      ]);
    });

    it.each(['toString', 'constructor', 'hasOwnProperty'])('refuses an unknown field named %s', (key) => {
      expect(registry.validate('order', { name: 'a', [key]: 1 })).toMatchObject([
        { pointer: `/payload/${key}`, code: 'unknown_field' },
      ]);
    });

    it('accepts any number of keys in a free object, and limits those of a class (P5)', () => {
      const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i]));
      expect(registry.validate('order', { name: 'a', free: many })).toEqual([]);
      expect(registry.validate('order', { name: 'a', ...many })).toMatchObject([{ code: 'too_complex' }]);
    });

    it('accepts a field by the name that the class gives it', () => {
      expect(registry.validate('order', { name: 'a', customer_id: 'c' })).toEqual([]);
    });

    it('refuses a payload that breaks its transformation', () => {
      expect(registry.validate('order', { name: 'a', other: { constructor: 1 } })).toHaveLength(1);
    });

    it('does not change the payload', () => {
      const payload = Object.freeze({ name: 'a', lines: Object.freeze([Object.freeze({ count: 1 })]) });
      registry.validate('order', payload);
      expect(payload).toEqual({ name: 'a', lines: [{ count: 1 }] });
    });
  });

  it('gives the handler an instance of its payload class', async () => {
    const result = await registry.run(contextOf('order', { name: 'a', lines: [{ count: 1 }] }));
    expect(result).toEqual({ isOrder: true, isLine: true });
  });

  it('fails an attempt of an unknown type so that another worker can try it', async () => {
    expect(await failureOf(registry.run(contextOf('none', {})))).toMatchObject({
      name: 'AttemptFailure',
      code: 'unknown_type',
    });
  });
});
