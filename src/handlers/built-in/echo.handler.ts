import { JsonText } from '../../common/json/json-text';
import type { Handler, RequestContext } from '../handler';
import { RequestHandler } from '../request-handler.decorator';

/** Returns the payload, exactly as it was sent. */
@RequestHandler('echo', {
  description: 'Returns its payload, exactly as it was sent. For trying out.',
  example: { hello: 'world' },
})
export class EchoHandler implements Handler<unknown, JsonText> {
  async handle(_payload: unknown, { payloadText }: RequestContext): Promise<JsonText> {
    return new JsonText(payloadText);
  }
}
