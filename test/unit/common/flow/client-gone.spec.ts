import { Controller, Get } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ClientGone } from '../../../../src/common/flow/client-gone.decorator';
import { startProbeServer } from '../../../support/probe-server';
import { until } from '../../../support/until';

const signals: AbortSignal[] = [];

@Controller()
class GoneController {
  @Get('quick')
  quick(@ClientGone() gone: AbortSignal) {
    signals.push(gone);
    return { done: true };
  }

  @Get('slow')
  async slow(@ClientGone() gone: AbortSignal) {
    signals.push(gone);
    await new Promise((resolve) => gone.addEventListener('abort', resolve));
    return { done: true };
  }
}

let app: NestFastifyApplication;
let url: string;
beforeAll(async () => ({ app, url } = await startProbeServer({ controllers: [GoneController] })));
afterAll(() => app.close());
beforeEach(() => void signals.splice(0));

it('the signal fires when the client goes before its answer', async () => {
  const leaving = new AbortController();
  const call = fetch(`${url}/slow`, { signal: leaving.signal }).catch(() => 'gone');
  await until('the call has come', () => signals.length === 1);
  expect(signals[0]?.aborted).toBe(false);
  leaving.abort();
  expect(await call).toBe('gone');
  await until('the signal fires', () => signals[0]?.aborted === true);
});

it('the signal does not fire when the answer is complete, nor when its connection ends after that', async () => {
  await (await fetch(`${url}/quick`, { headers: { connection: 'close' } })).text();
  await until('the connection has ended', async () => {
    const server = app.getHttpServer();
    return new Promise((resolve) => server.getConnections((_, count) => resolve(count === 0)));
  });
  await nextTurn();
  expect(signals[0]?.aborted).toBe(false);
});
