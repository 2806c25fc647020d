import type { ServerResponse } from 'node:http';
import type { TestingModule } from '@nestjs/testing';
import { VERSION } from '../../../../src/common/process/version';
import { failureOf, startHandlers } from '../start-handlers';
import { deliver } from './deliver';
import { Call, httpTarget, StubTarget } from '../../../support/stub-target';

describe('the http handler', () => {
  let module: TestingModule;
  let target: StubTarget;
  let answer: (call: Call, response: ServerResponse) => void;
  beforeAll(async () => {
    module = await startHandlers(['127.0.0.0/8']);
    target = await httpTarget((call, response) => answer(call, response));
  });
  beforeEach(() => {
    target.calls.length = 0;
    answer = (_call, response) => void response.end('ok');
  });
  afterAll(async () => {
    await module.close();
    await target.close();
  });

  describe('a delivery', () => {
    it('is a POST with headers that identify the attempt', async () => {
      await deliver(
        module,
        { url: `${target.url}/a?b=%20c#d`, headers: { 'X-A': 'caf\u00e9' }, body: {} },
        { attempt: 3, seq: 7, fencingToken: 9, idempotencyKey: 'key-1' },
      );
      expect(target.calls).toMatchObject([
        {
          method: 'POST',
          path: '/a?b=%20c',
          headers: {
            'content-type': 'application/json',
            'content-length': '2',
            'user-agent': `Turnwise/${VERSION}`,
            'idempotency-key': 'key-1',
            'turnwise-attempt': '3',
            'turnwise-seq': '7',
            'turnwise-fencing-token': '9',
            'x-a': 'caf\u00e9',
          },
        },
      ]);
    });

    it('has the trace of the attempt, unless the payload has one', async () => {
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      await deliver(module, { url: target.url }, { traceparent });
      await deliver(module, { url: target.url, headers: { TraceParent: 'mine' } }, { traceparent });
      await deliver(module, { url: target.url });
      const sent = target.calls.map(({ headers }) => headers['traceparent']);
      expect(sent).toEqual([traceparent, 'mine', undefined]);
    });

    it.each([
      '{"a.b":1,"$set":{"x":1},"e":{},"l":[{},[],null],"toString":1,"":"empty key","n":1.10}',
      '{"\u00e9":"\u2603", "n":1.10,"b":"\\u2028"}',
      '[1.0,  2e400]',
      'null',
      'false',
    ])('has the body %s as it was written', async (body) => {
      await deliver(module, {}, { payloadText: `{ "url" : "${target.url}", "body" : ${body} }` });
      expect(target.calls[0]?.body.toString()).toBe(body);
    });

    it('has a string body as plain text', async () => {
      await deliver(module, { url: target.url, body: '<a>\u2603\n</a>' });
      expect(target.calls[0]?.body.toString()).toBe('<a>\u2603\n</a>');
      expect(target.calls[0]?.headers['content-type']).toBe('text/plain; charset=utf-8');
    });

    it('has no body and no content type if the payload has none', async () => {
      await deliver(module, { url: target.url, method: 'PUT' });
      await deliver(module, { url: target.url, method: 'GET' });
      expect(target.calls.map(({ method, body }) => [method, body.length])).toEqual([
        ['PUT', 0],
        ['GET', 0],
      ]);
      expect(target.calls.map(({ headers }) => headers['content-type'])).toEqual([undefined, undefined]);
    });

    it('has the content type of the payload', async () => {
      await deliver(module, {
        url: target.url,
        body: {},
        headers: { 'CONTENT-TYPE': 'application/cloudevents+json' },
      });
      expect(target.calls[0]?.headers['content-type']).toBe('application/cloudevents+json');
    });
  });

  it('uses one connection for consecutive requests', async () => {
    const before = target.connections.total;
    for (let i = 0; i < 5; i += 1) await deliver(module, { url: target.url });
    expect(target.connections.total - before).toBeLessThanOrEqual(1);
  });

  it('ends with the reason of an abort, and closes the connection', async () => {
    const controller = new AbortController();
    const closed = new Promise<void>((resolve) => {
      answer = (_call, response) => {
        response.on('close', resolve);
        controller.abort(new Error('cancelled'));
      };
    });
    expect(
      await failureOf(deliver(module, { url: target.url }, { signal: controller.signal })),
    ).toMatchObject({
      message: 'cancelled',
    });
    await closed;
  });

  it('sends nothing after an abort', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    expect(await failureOf(deliver(module, { url: target.url }, { signal }))).toMatchObject({
      message: 'cancelled',
    });
    expect(target.calls).toHaveLength(0);
  });
});
