import type { TestingModule } from '@nestjs/testing';
import { JsonText } from '../../../src/common/json/json-text';
import { HandlerRegistry } from '../../../src/handlers/handler-registry.service';
import { contextOf, failureOf, startHandlers } from './start-handlers';

describe('the built-in handlers', () => {
  let module: TestingModule;
  let registry: HandlerRegistry;
  beforeAll(async () => {
    module = await startHandlers();
    registry = module.get(HandlerRegistry, { strict: false });
  });
  afterAll(() => module.close());

  it('echo a payload to the byte', async () => {
    const payloadText = '{"a.b":1,"$set":{"x":1},"toString":1, "n":1.10}';
    expect(await registry.run(contextOf('echo', null, { payloadText }))).toEqual(new JsonText(payloadText));
  });

  describe('sleep', () => {
    it.each([{ ms: -1 }, { ms: 3_600_001 }, { ms: 1.5 }, { ms: '1' }, {}, { ms: 1, failTimes: -1 }])(
      'refuses %j',
      (payload) => {
        expect(new Set(registry.validate('sleep', payload).map(({ pointer }) => pointer)).size).toBe(1);
      },
    );

    it('fails as often as the payload says', async () => {
      const attempt = (n: number) =>
        registry.run(contextOf('sleep', { ms: 0, failTimes: 1 }, { attempt: n }));
      expect(await failureOf(attempt(1))).toMatchObject({ name: 'AttemptFailure', code: 'asked_to_fail' });
      expect(await attempt(2)).toEqual({ ms: 0 });
    });

    it('ends at once when it is aborted', async () => {
      const controller = new AbortController();
      const asleep = failureOf(
        registry.run(contextOf('sleep', { ms: 3_600_000 }, { signal: controller.signal })),
      );
      controller.abort();
      expect(await asleep).toMatchObject({ name: 'AbortError' });
    });
  });
});
