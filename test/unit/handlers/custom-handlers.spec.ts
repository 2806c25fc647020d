import { Module } from '@nestjs/common';
import { RequestHandler, testerOf } from '../../../src/handlers';
import { customModules } from '../../../src/handlers/custom-handlers';

class Greeting {
  readonly words = 'Hello';
}

@RequestHandler('greet')
class GreetHandler {
  constructor(private readonly greeting: Greeting) {}
  async handle(): Promise<string> {
    return this.greeting.words;
  }
}

@RequestHandler('answer')
class AnswerHandler {
  async handle(): Promise<number> {
    return 42;
  }
}

@Module({ providers: [Greeting, GreetHandler] })
class GreetModule {}

it('the service runs handlers of modules, and handlers without a module', async () => {
  for (const greet of [GreetModule, { module: class {}, providers: [Greeting, GreetHandler] }]) {
    const tester = await testerOf([greet, AnswerHandler]);
    expect(await tester.run('greet', null)).toMatchObject({ result: 'Hello', error: undefined });
    expect(await tester.run('answer', null)).toMatchObject({ result: 42, error: undefined });
  }
});

it.each([
  [Greeting, 'Greeting'],
  ['greet', '"greet"'],
  [{ GreetHandler }, '{}'],
])('the error names an export that is neither a handler nor a module: %p', (wrong, name) => {
  expect(() => customModules([AnswerHandler, wrong as never])).toThrow(
    `${name} is neither a class with @RequestHandler nor a Nest module.`,
  );
});
