import { once } from 'node:events';
import { connect } from 'node:net';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { JsonLog } from '../../../src/http/json-log';
import { startProbeServer } from '../../support/probe-server';
import { until } from '../../support/until';
import { ProbeController } from './probe.controller';

type Line = Record<string, unknown>;

const lines: Line[] = [];
const log = new JsonLog({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line) as Line) });
let app: NestFastifyApplication;
let url: string;
beforeAll(async () => {
  ({ app, url } = await startProbeServer({ controllers: [ProbeController] }, {}, log));
});
afterAll(() => app.close());
beforeEach(() => void lines.splice(0));

const call = async (path: string, init: RequestInit = {}) => {
  const before = lines.length;
  await (await fetch(url + path, init)).text();
  await until('the call has its line', () => lines.slice(before).some(({ event }) => event === 'call.ended'));
  return lines.slice(before);
};

it('the log has a line for each call, with its path and without its query', async () => {
  const [line] = await call('/things?token=s3cret', { headers: { 'x-request-id': 'call-1' } });
  expect(line).toMatchObject({
    level: 30,
    callId: 'call-1',
    ...{ method: 'GET', path: '/things', address: '127.0.0.1' },
    ...{ statusCode: 422, errorCode: 'validation_failed', outcome: 'answered' },
    durationMs: expect.any(Number) as number,
  });
  expect(line).not.toHaveProperty('err');
});

it("the log line of an error has the call's ID and the stack of the cause", async () => {
  const [error, answer] = await call('/fails/bug', { headers: { 'x-request-id': 'call-2' } });
  expect(error).toMatchObject({
    level: 50,
    event: 'call.failed',
    callId: 'call-2',
    cause: 'the password is hunter2',
  });
  expect((error!['err'] as { stack: string }).stack).toMatch(/hunter2\n\s+at /);
  expect(answer).toMatchObject({ callId: 'call-2', statusCode: 500, errorCode: 'internal' });
});

it('the log has a line for a call of an unknown path', async () => {
  expect(await call('/nothing')).toMatchObject([
    { path: '/nothing', statusCode: 404, errorCode: 'not_found' },
  ]);
});

it('the log has a line for a call whose path the router refuses', async () => {
  for (const path of ['/%zz?token=s3cret', '/health/%zz']) {
    const [line] = await call(path, { headers: { 'x-request-id': 'call-3' } });
    expect(line).toMatchObject({
      ...{ callId: 'call-3', path: path.split('?')[0], address: '127.0.0.1' },
      ...{ statusCode: 400, errorCode: 'bad_request', outcome: 'answered' },
    });
  }
});

it('the log does not have the name that an account uses for its customer', async () => {
  const [line] = await call('/customers/person-77/erasure?a=1');
  expect(line).toMatchObject({ path: '/customers/-/erasure' });
});

it('the log has a line for a call whose client goes away', async () => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    'POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  );
  const [request] = (await once(app.getHttpServer() as NodeJS.EventEmitter, 'request')) as [object];
  expect(request).toBeDefined();
  socket.destroy();
  const line = () => lines.find(({ path }) => path === '/things');
  await until('its line is there', () => line() !== undefined);
  expect(line()).toMatchObject({ event: 'call.ended', outcome: 'client_gone' });
  expect(line()).not.toHaveProperty('statusCode');
});

it('the log has no line for probes and scrapers', async () => {
  for (const path of ['/health/ready', '/health/live?x=1', '/metrics', '/metrics?x=1'])
    await (await fetch(url + path)).text();
  await call('/things');
  expect(lines).toMatchObject([{ path: '/things' }]);
});

it('the log has no secret, in whatever field of a line', () => {
  log.warn({ msg: 'a', password: 's3cret', of: { token: 's3cret', its: { payload: 's3cret' } } }, 'Test');
  expect(lines).toMatchObject([{ context: 'Test', password: '[secret]', of: { token: '[secret]' } }]);
  expect(JSON.stringify(lines)).not.toContain('s3cret');
});

it("the log has Nest's own lines about its start at the level debug only", () => {
  new Logger('InstanceLoader').log('AppModule dependencies initialized');
  new Logger('WorkerService').log('on the list');
  expect(lines).toMatchObject([{ level: 30, context: 'WorkerService' }]);
});

it('the log has what its level allows, and nothing below', () => {
  new Logger('Quiet').debug('too much');
  new Logger('Loud').error('it broke', 'Error: it broke\n    at there');
  log.error(new Error('bare'), 'Test');
  expect(lines).toMatchObject([
    { level: 50, context: 'Loud', msg: 'it broke', err: { stack: 'Error: it broke\n    at there' } },
    { level: 50, context: 'Test', msg: 'bare', err: { message: 'bare' } },
  ]);
});
