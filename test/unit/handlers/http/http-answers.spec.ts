import type { ServerResponse } from 'node:http';
import type { TestingModule } from '@nestjs/testing';
import { Clock } from '../../../../src/common/time/clock';
import { failureOf, startHandlers } from '../start-handlers';
import { deliver } from './deliver';
import { Call, httpTarget, StubTarget } from '../../../support/stub-target';

describe('answers to the http handler', () => {
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

  it.each([200, 204, 206, 299])('with status %d succeed, and are the result', async (status) => {
    answer = (_call, response) =>
      void response.writeHead(status, { 'X-B': ['1', '2'] }).end(status === 204 ? '' : 'hi');
    const result = await deliver(module, { url: target.url });
    expect(result).toMatchObject({
      status,
      headers: { 'x-b': ['1', '2'] },
      body: status === 204 ? '' : 'hi',
    });
    expect(result).not.toHaveProperty('truncated');
  });

  it('are stored as base64 if they are not text, and not decompressed', async () => {
    const bytes = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);
    answer = (_call, response) => void response.setHeader('content-encoding', 'gzip').end(bytes);
    expect(await deliver(module, { url: target.url })).toMatchObject({
      body: bytes.toString('base64'),
      bodyEncoding: 'base64',
    });
  });

  it.each([300, 301, 302, 307, 308, 400, 401, 404, 410, 422, 600])(
    'with status %d fail permanently',
    async (status) => {
      answer = (_call, response) =>
        void response.writeHead(status, { location: '/elsewhere', 'retry-after': '1' }).end('no');
      expect(await failureOf(deliver(module, { url: target.url }))).toMatchObject({
        name: 'PermanentFailure',
        code: `http_${status}`,
        details: { status, body: 'no' },
      });
      expect(target.calls).toHaveLength(1);
    },
  );

  it('do not cause a redirect', async () => {
    const elsewhere = await httpTarget((_call, response) => void response.end());
    answer = (_call, response) => void response.writeHead(307, { location: elsewhere.url }).end();
    await failureOf(
      deliver(module, { url: target.url, headers: { Authorization: 'Bearer x', 'X-Api-Key': 'y' } }),
    );
    expect(elsewhere.connections.total).toBe(0);
    await elsewhere.close();
  });

  it.each([408, 425, 429, 500, 502, 503, 504])('with status %d are retried', async (status) => {
    answer = (_call, response) => void response.writeHead(status).end('later'.repeat(1_000));
    expect(await failureOf(deliver(module, { url: target.url }))).toMatchObject({
      name: 'AttemptFailure',
      code: `http_${status}`,
      details: { status, body: 'later'.repeat(205).slice(0, 1_024), truncated: true },
    });
  });

  it.each([
    ['3', 3_000],
    ['Thu, 01 Jan 2026 00:00:04 GMT', 4_000],
    ['9999999', 86_400_000],
  ])('may delay the retry by Retry-After: %s', async (wish, waitMs) => {
    jest.spyOn(module.get(Clock), 'wall').mockReturnValue(Date.UTC(2026, 0, 1));
    answer = (_call, response) => void response.writeHead(503, { 'retry-after': wish }).end();
    expect(await failureOf(deliver(module, { url: target.url }))).toMatchObject({
      name: 'RetryLater',
      code: 'http_503',
      message: 'The target answered 503 Service Unavailable.',
      waitMs,
      atLeast: true,
    });
  });
});
