import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TargetResolver } from '../../../../src/handlers/http/target-resolver';
import { startHandlers } from '../start-handlers';
import { deliver } from './deliver';

const PROGRAM = join(__dirname, '../../../support/programs/slow-to-accept.js');

let target: ChildProcess;
let before: Socket[] = [];
afterEach(() => {
  for (const socket of before) socket.destroy();
  target.kill('SIGKILL');
});

it('reaches a distant target that also has an address which cannot be reached from here', async () => {
  target = fork(PROGRAM);
  const [port] = (await once(target, 'message')) as [number];
  target.kill('SIGSTOP');
  before = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  await Promise.all(before.map((socket) => once(socket, 'connect')));

  const hosts = new Map([['far.example', ['127.0.0.1', '::1']]]); // nobody listens at ::1
  const module = await startHandlers(
    ['127.0.0.0/8', '::1/128'],
    [],
    { not: [] },
    new TargetResolver({ hosts, search: [] }),
  );
  const delivered = deliver(module, { url: `http://far.example:${port}/` });
  await delay(400); // longer than Node gives one of several addresses
  target.kill('SIGCONT');
  expect(await delivered).toMatchObject({ body: 'ok' });
  await module.close();
});
