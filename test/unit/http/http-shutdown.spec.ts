import { BeforeApplicationShutdown, Controller, Get, Injectable } from '@nestjs/common';
import { Shutdown } from '../../../src/common/process/shutdown';
import { EventBus } from '../../../src/events/event-bus';
import { JsonLog } from '../../../src/http/json-log';
import { MetricsModule } from '../../../src/metrics/metrics.module';
import { MetricsRegistry } from '../../../src/metrics/metrics.registry';
import { startProbeServer } from '../../support/probe-server';

/** Holds a call until the test lets it end. */
@Injectable()
class Gate {
  open: () => void = () => undefined;
  readonly passed = new Promise<void>((resolve) => (this.open = resolve));
  enter: () => void = () => undefined;
  readonly entered = new Promise<void>((resolve) => (this.enter = resolve));
}

@Controller()
class SlowController {
  constructor(private readonly gate: Gate) {}

  @Get('slow')
  async slow() {
    this.gate.enter();
    await this.gate.passed;
    return { done: true };
  }

  @Get('health/live')
  live() {
    return { status: 'ok' };
  }
}

it('a server that leaves serves calls, and closes their connections', async () => {
  const { app, url } = await startProbeServer({ controllers: [SlowController], providers: [Gate] });
  const gate = app.get(Gate);
  gate.open();
  const connection = async (path = '/slow') => {
    const answer = await fetch(url + path);
    return [answer.status, answer.headers.get('connection')];
  };
  expect(await connection()).toEqual([200, 'keep-alive']);
  app.get(Shutdown).leave();
  expect(await connection()).toEqual([200, 'close']);
  expect(await connection('/%')).toEqual([400, 'close']);
  await app.close();
});

it('a server that ends answers running calls and probes, and refuses new calls', async () => {
  const { app, url } = await startProbeServer({ controllers: [SlowController], providers: [Gate] });
  const begun = fetch(`${url}/slow`);
  const gate = app.get(Gate);
  await gate.entered;
  app.get(Shutdown).begin();

  const refused = await fetch(`${url}/slow`);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect((await fetch(`${url}/health/live`)).status).toBe(200);

  const closed = app.close();
  gate.open();
  expect(await (await begun).json()).toEqual({ done: true });
  await closed;
});

/** Lets the call end after all modules are notified of the shutdown, while open calls may still continue. */
@Injectable()
class LateGate extends Gate implements BeforeApplicationShutdown {
  beforeApplicationShutdown(): void {
    this.open();
  }
}

@Controller()
class ReportController {
  constructor(
    private readonly gate: LateGate,
    private readonly events: EventBus,
  ) {}

  @Get('report')
  async report() {
    this.gate.enter();
    await this.gate.passed;
    this.events.emit('request.ended', { userId: 'u1', requestId: 'r1', type: 'render', status: 'failed' });
    return { done: true };
  }
}

it('logs and counts what running calls do to the end', async () => {
  const lines: string[] = [];
  const log = new JsonLog({ level: 'info' }, { write: (line) => void lines.push(line) });
  const parts = { imports: [MetricsModule], controllers: [ReportController], providers: [LateGate] };
  const { app, url } = await startProbeServer(parts, {}, log);
  const begun = fetch(`${url}/report`);
  await app.get(LateGate).entered;
  await app.close();
  expect((await begun).status).toBe(200);
  expect(lines.filter((line) => line.includes('"event":"request.failed"'))).toHaveLength(1);
  const { values } = await app.get(MetricsRegistry).requestsEnded.get();
  expect(values).toContainEqual({ labels: { type: 'render', status: 'failed' }, value: 1 });
});
