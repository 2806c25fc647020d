import type { TestingModule } from '@nestjs/testing';
import { MOST_IDLE } from '../../../../src/handlers/http/target-connections.service';
import { Call, httpTarget, StubTarget, tcpTarget } from '../../../support/stub-target';
import { failureOf, startHandlers } from '../start-handlers';
import { deliver } from './deliver';

// 768 deliveries, one after the other: a second on an idle machine, and more than Jest's five on a busy one.
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

describe('TargetConnections', () => {
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

  it('keeps a limited number of idle connections, and breaks none in use', async () => {
    const slow = deliver(module, at(0, '/held'));
    for (let host = 1; host <= 3 * MOST_IDLE; host += 1) await deliver(module, at(host));
    expect(target.connections.open).toBeLessThan(2 * MOST_IDLE); // the target may not have noticed the last ends yet
    held?.();
    expect(await slow).toMatchObject({ body: 'at last' });
  });

  it('keeps the most recently used connections', async () => {
    for (let host = 1; host <= MOST_IDLE; host += 1) await deliver(module, at(host));
    await deliver(module, at(1));
    await deliver(module, at(MOST_IDLE + 1));
    const { total } = target.connections;
    await deliver(module, at(1));
    expect(target.connections.total).toBe(total);
  });

  it('repeats a request once on a new connection if its idle one ends without an answer', async () => {
    let requests = 0;
    const moody = await tcpTarget((socket) => {
      socket.write(OK);
      socket.on('data', () => {
        requests += 1;
        socket.destroy();
      });
    });
    await deliver(module, { url: moody.url });
    expect(await deliver(module, { url: moody.url })).toMatchObject({ status: 200, body: 'ok' });
    expect([requests, moody.connections.total]).toEqual([1, 2]);
    await moody.close();
  });

  it('does not repeat a request that was partly answered', async () => {
    const moody = await tcpTarget((socket) => {
      socket.write(OK);
      socket.on('data', () => socket.end('HTTP/1.1 2'));
    });
    await deliver(module, { url: moody.url });
    expect(await failureOf(deliver(module, { url: moody.url }))).toMatchObject({ code: 'connection_reset' });
    expect(moody.connections.total).toBe(1);
    await moody.close();
  });
});
