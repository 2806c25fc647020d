import type { TestingModule } from '@nestjs/testing';
import { MOST_TARGETS, TargetConnections } from '../../../../src/handlers/http/target-connections.service';
import { Call, httpTarget, StubTarget } from '../../../support/stub-target';
import { startHandlers } from '../start-handlers';
import { deliver } from './deliver';

// 768 deliveries, one after the other: a second alone, and more than Jest's five on a machine that is busy elsewhere.
jest.setTimeout(30_000);

describe('connections to targets', () => {
  let module: TestingModule;
  let target: StubTarget;
  let held: (() => void) | undefined;
  beforeAll(async () => {
    module = await startHandlers(['127.0.0.0/8']);
    target = await httpTarget(({ path }: Call, response) => {
      if (path === '/held') held = () => void response.end('at last');
      else response.end('ok');
    }, '0.0.0.0');
  });
  afterAll(async () => {
    await module.close();
    await target.close();
  });

  const at = (host: number, path = '/') => ({
    url: `http://127.0.${1 + (host >> 8)}.${host & 255}:${target.port}${path}`,
  });

  it('are kept of a bounded number of targets, and none breaks an attempt under way', async () => {
    const slow = deliver(module, at(0, '/held'));
    for (let host = 1; host <= 3 * MOST_TARGETS; host += 1) await deliver(module, at(host));
    const connections = module.get(TargetConnections, { strict: false });
    expect(connections.targets).toBeLessThanOrEqual(MOST_TARGETS + 1); // the slow one's is leaving
    expect(target.connections.open).toBeLessThanOrEqual(MOST_TARGETS + 1);
    held?.();
    expect(await slow).toMatchObject({ body: 'at last' });
  });

  it('are kept of those that were used last', async () => {
    for (let host = 1; host <= MOST_TARGETS; host += 1) await deliver(module, at(host));
    await deliver(module, at(1));
    await deliver(module, at(MOST_TARGETS + 1));
    const { total } = target.connections;
    await deliver(module, at(1));
    expect(target.connections.total).toBe(total);
  });
});
