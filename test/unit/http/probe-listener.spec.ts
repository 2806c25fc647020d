import { once } from 'node:events';
import { connect } from 'node:net';
import { Controller, Get } from '@nestjs/common';
import { until } from '../../support/until';
import { startProbeServer } from '../../support/probe-server';

let served = 0;

@Controller()
class Routes {
  @Get('never')
  async never() {
    served += 1;
    return new Promise(() => undefined);
  }

  @Get('health/live')
  live() {
    return { status: 'ok' };
  }

  @Get('things')
  things() {
    return [];
  }
}

const routes = { controllers: [Routes] };

it('the probe listener answers probes and nothing else, also when the API has no free connection', async () => {
  const { app, url, healthPort } = await startProbeServer(routes, {
    HEALTH_PORT: '0',
    HTTP_MAX_CONNECTIONS: '1',
  });
  const open = () => connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
  const busy = open();
  busy.write('GET /never HTTP/1.1\r\nHost: a\r\n\r\n');
  await until('it is served', () => served === 1);
  await once(open().resume(), 'close'); // refused

  const probe = (path: string) => fetch(`http://127.0.0.1:${healthPort}${path}`);
  const live = await probe('/health/live?x=1');
  expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }]);
  expect((await probe('/things')).status).toBe(404);
  expect((await probe('/healthy')).status).toBe(404);

  busy.destroy();
  await app.close();
  await expect(probe('/health/live')).rejects.toThrow('fetch failed');
});

it('the probe listener is off without HEALTH_PORT', async () => {
  const { app, healthPort } = await startProbeServer(routes);
  expect(healthPort).toBeUndefined();
  await app.close();
});
