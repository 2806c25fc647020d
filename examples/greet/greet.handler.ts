import { Handler, PermanentFailure, RequestContext, RequestHandler } from '../../src/handlers';
import { Greet } from './greet.dto';

/** Greets people, one after the other. */
@RequestHandler('greet', { payload: Greet, description: 'Greets somebody.', example: { name: 'Ada' } })
export class GreetHandler implements Handler<Greet, { greeting: string }> {
  async handle({ name }: Greet, context: RequestContext): Promise<{ greeting: string }> {
    if (name === 'nobody') throw new PermanentFailure('There is nobody to greet.', { code: 'nobody' });
    context.log.log(`greeting ${name}, attempt ${context.attempt}`);
    context.progress(0.5, 'found the words');
    return { greeting: `Hello, ${name}!` };
  }
}
