import type { TestingModule } from '@nestjs/testing';
import { HandlerRegistry } from '../../../../src/handlers/handler-registry.service';
import { contextOf, failureOf, startHandlers } from '../start-handlers';
import { httpTarget, StubTarget } from '../../../support/stub-target';

describe('private targets', () => {
  let module: TestingModule;
  let canary: StubTarget;
  beforeAll(async () => {
    module = await startHandlers();
    canary = await httpTarget((_call, response) => void response.end());
  });
  afterAll(async () => {
    await module.close();
    await canary.close();
  });

  const deliver = (url: string) =>
    module.get(HandlerRegistry, { strict: false }).run(contextOf('http', { url, body: {} }));

  const hosts = (
    '127.0.0.1 127.1 0x7f.1 2130706433 0177.0.0.1 017700000001 0x7f000001 0 0.0.0.0 127.0.0.1. \uff11\uff12\uff17.0.0.1 ' +
    '[::] [::1] [0:0:0:0:0:0:0:1] [::ffff:7f00:1] [::ffff:127.0.0.1] [::127.0.0.1] [64:ff9b::127.0.0.1] [2002:7f00:1::] ' +
    '[::ffff:169.254.169.254] [fd00::1] [fe90::1] 10.1.2.3 192.168.0.1 172.16.0.1 169.254.169.254 100.64.0.1 224.0.0.1 ' +
    'localhost LOCALHOST'
  ).split(' ');

  it.each(hosts)('at %s are refused permanently, without a connection', async (host) => {
    const refused = {
      name: 'PermanentFailure',
      code: 'target_refused',
      message: 'The target has no public address.',
    };
    for (const scheme of ['http', 'https'])
      expect(await failureOf(deliver(`${scheme}://${host}:${canary.port}/`))).toMatchObject(refused);
    expect(canary.connections.total).toBe(0);
  });

  it('get the same error for an open and a closed port', async () => {
    const { port } = canary;
    const [open, closed] = await Promise.all(
      [port, port === 1 ? 2 : 1].map((p) => failureOf(deliver(`http://127.0.0.1:${p}/`))),
    );
    expect(open).toEqual(closed);
  });

  it('are allowed if their name resolves to allowed addresses', async () => {
    const allowed = await startHandlers(['127.0.0.0/8']);
    const registry = allowed.get(HandlerRegistry, { strict: false });
    expect(await registry.run(contextOf('http', { url: `http://localhost:${canary.port}/` }))).toMatchObject({
      status: 200,
    });
    await allowed.close();
  });
});
