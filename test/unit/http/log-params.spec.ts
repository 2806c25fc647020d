import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { Options, pinoHttp } from 'pino-http';
import { logParams } from '../../../src/http/log-params';

it('logs a call that failed as a line without a stack of the logger itself', async () => {
  const lines = new PassThrough();
  const log = pinoHttp(logParams({ level: 'info' }).pinoHttp as Options, lines);
  const server = createServer((request, response) => {
    log(request, response);
    response.writeHead(503).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/enqueue?secret=1`)).text();
  const [line] = (await once(lines, 'data')) as [Buffer];
  server.close();
  const { req, res, msg, ...others } = JSON.parse(line.toString()) as Record<string, unknown>;
  expect([req, res, msg]).toEqual([
    expect.objectContaining({ method: 'GET', path: '/enqueue' }),
    { statusCode: 503 },
    'not answered',
  ]);
  expect(others).not.toHaveProperty('err');
});
