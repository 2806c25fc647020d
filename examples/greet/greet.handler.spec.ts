import { Test } from '@nestjs/testing';
import { HandlerTester, HandlerTestingModule } from '../../src/handlers';
import { GreetHandler } from './greet.handler';

describe('GreetHandler', () => {
  let tester: HandlerTester;
  beforeAll(async () => {
    const parts = { imports: [HandlerTestingModule], providers: [GreetHandler] };
    const module = await (await Test.createTestingModule(parts).compile()).init();
    tester = module.get(HandlerTester);
  });

  it('greets', async () => {
    const { result, progress, log } = await tester.run('greet', { name: 'Ada' });
    expect(result).toEqual({ greeting: 'Hello, Ada!' });
    expect(progress).toEqual([[0.5, 'found the words']]);
    expect(log).toEqual([['log', 'greeting Ada, attempt 1']]);
  });

  it('fails for good where there is nobody', async () => {
    const { error } = await tester.run('greet', { name: 'nobody' });
    expect(error).toMatchObject({ code: 'nobody', retryable: false });
  });

  it('takes no payload without a name', () => {
    expect(tester.validate('greet', {})).toContainEqual(
      expect.objectContaining({ pointer: '/payload/name' }),
    );
  });
});
