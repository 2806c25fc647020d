import { Socket } from 'node:net';
import type { TestingModule } from '@nestjs/testing';
import { networkFailure } from '../../../../src/handlers/http/network-failure';
import { failureOf, startHandlers } from '../start-handlers';
import { deliver } from './deliver';
import { StubTarget, tcpTarget } from '../../../support/stub-target';

const OK = 'HTTP/1.1 200 OK\r\n';
const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n';

describe('broken targets', () => {
  let module: TestingModule;
  let target: StubTarget | undefined;
  beforeAll(async () => {
    module = await startHandlers(['127.0.0.0/8']);
  });
  afterEach(() => target?.close());
  afterAll(() => module.close());

  const at = async (talk: (socket: Socket) => void) => (target = await tcpTarget(talk)).url;

  const ends = (text: string) => (socket: Socket) => void socket.end(text);
  it.each<[string, string, (socket: Socket) => void]>([
    ['closes at once', 'connection_reset', ends('')],
    ['resets', 'connection_reset', (socket) => void socket.resetAndDestroy()],
    ['closes in the middle of its head', 'connection_reset', ends('HTTP/1.1 200 OK\r\nContent-')],
    ['closes in the middle of its body', 'connection_reset', ends(`${OK}Content-Length: 1000\r\n\r\nx`)],
    ['switches protocols unasked', 'connection_reset', ends(SWITCH)],
    ['speaks another protocol', 'answer_invalid', ends('SSH-2.0-OpenSSH_9.2\r\n')],
    ['sends a broken chunk', 'answer_invalid', ends(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\n`)],
  ])('a delivery to a target that %s is retried (%s)', async (_name, code, talk) => {
    const url = await at(talk);
    expect(await failureOf(deliver(module, { url }))).toMatchObject({ name: 'AttemptFailure', code });
  });

  it('a 304 with the length of the unmodified body counts as an answer', async () => {
    const url = await at(ends('HTTP/1.1 304 Not Modified\r\nContent-Length: 200\r\n\r\n'));
    expect(await failureOf(deliver(module, { url }))).toMatchObject({
      name: 'PermanentFailure',
      code: 'http_304',
    });
  });

  const THEN = `${OK}Content-Length: 2\r\n\r\nok`;
  it.each<[string, string]>([
    ['says continue unasked', `HTTP/1.1 100 Continue\r\n\r\n${THEN}`],
    ['says continue twice', `${'HTTP/1.1 100 Continue\r\n\r\n'.repeat(2)}${THEN}`],
    ['gives hints', `${'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(3)}${THEN}`],
    ['says that it is at work', `HTTP/1.1 102 Processing\r\n\r\n${THEN}`],
    ['folds a header', `${OK}X-A: a\r\n b\r\nContent-Length: 2\r\n\r\nok`],
    ['ends lines with a line feed alone', `HTTP/1.1 200 OK\nContent-Length: 2\n\nok`],
    ['gives no reason', `HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok`],
    ['ends its answer by closing', `HTTP/1.0 200 OK\r\n\r\nok`],
    [
      'has extensions of chunks, and trailers',
      `${OK}Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nX-T: 1\r\n\r\n`,
    ],
    ['sends more than its answer', `${THEN}and more`],
    ['begins with an empty line', `\r\n${THEN}`],
    ['sends headers with a 100', `HTTP/1.1 100 Continue\r\nX-A: 1\r\nContent-Length: 0\r\n\r\n${THEN}`],
    ['sends a 1xx that has no name', `HTTP/1.1 199 X\r\n\r\n${THEN}`],
    ['writes chunked its own way', `${OK}Transfer-Encoding: Chunked\r\n\r\n002\r\nok\r\n000\r\n\r\n`],
    [
      'quotes an extension of a chunk',
      `${OK}Transfer-Encoding: chunked\r\n\r\n2;a=";\\""\r\nok\r\n0;b\r\n\r\n`,
    ],
    ['folds a trailer', `${OK}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-T: 1\r\n 2\r\n\r\n`],
    [
      'gives a length besides its chunks',
      `${OK}Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
    ],
    ['codes its chunks', `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`],
    ['folds the length', `${OK}Content-Length:\r\n 2\r\n\r\nok`],
    ['has a header without a value', `${OK}X-A:\r\nContent-Length:2\r\n\r\nok`],
    ['offers another protocol', `${OK}Upgrade: h2c\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\nok`],
    ['ends its answer in HTTP/1.1 by closing', `${OK}\r\nok`],
    [
      'keeps a connection of HTTP/1.0',
      `HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok`,
    ],
  ])('a delivery to a target that %s gets its answer', async (_name, bytes) => {
    const url = await at((socket) => void socket.end(bytes));
    expect(await deliver(module, { url, body: 'order' })).toMatchObject({ status: 200, body: 'ok' });
    expect(target?.connections.total).toBe(1);
  });

  it.each<[string, string]>([
    ['204 with a length of 0', 'HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n'],
    ['204 that says chunked', 'HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['204 on a connection that stays open', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['205', 'HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n'],
  ])('a delivery to a target that answers %s gets its answer', async (_name, bytes) => {
    const url = await at((socket) => void socket.write(bytes));
    expect(await deliver(module, { url, body: 'order' })).toMatchObject({ body: '' });
  });

  // Valid, but refused by Node's parser: docs/decisions/0023. This test fails once Node accepts them.
  it.each<[string, string]>([
    [
      'puts blanks into an extension of a chunk',
      `${OK}Transfer-Encoding: chunked\r\n\r\n2 ; a = b\r\nok\r\n0\r\n\r\n`,
    ],
    ['gives its length twice', `${OK}Content-Length: 2\r\nContent-Length: 2\r\n\r\nok`],
  ])('an answer of a target that %s is not understood', async (_name, bytes) => {
    const url = await at(ends(bytes));
    expect(await failureOf(deliver(module, { url }))).toMatchObject({ code: 'answer_invalid' });
  });

  it('an answer with a tab after its length is understood by Node 22 and later', async () => {
    const url = await at(ends(`${OK}Content-Length: 2\t\r\n\r\nok`));
    if (Number(process.versions.node.split('.')[0]) >= 22)
      expect(await deliver(module, { url })).toMatchObject({ body: 'ok' });
    else expect(await failureOf(deliver(module, { url }))).toMatchObject({ code: 'answer_invalid' });
  });

  it('a target that answers early, and closes without reading the body, has answered', async () => {
    const url = await at((socket) => {
      socket.pause();
      socket.write(`${OK}Content-Length: 2\r\n\r\nok`, () => socket.destroy());
    });
    expect(await deliver(module, { url, body: 'a'.repeat(200_000) })).toMatchObject({ body: 'ok' });
  });

  it('a delivery to a target with broken TLS is retried', async () => {
    const url = (await at(ends('not TLS'))).replace('http', 'https');
    expect(await failureOf(deliver(module, { url }))).toMatchObject({
      name: 'AttemptFailure',
      code: 'tls_failed',
    });
  });

  it.each(['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
    'a delivery to a target with an untrusted certificate (%s) is not retried',
    (code) =>
      expect(networkFailure(Object.assign(new Error('no'), { code }))).toMatchObject({
        name: 'PermanentFailure',
        code: 'certificate_invalid',
        details: { cause: code },
      }),
  );

  it('a delivery to a target that refuses the connection is retried', async () => {
    const url = await at(() => undefined);
    await target?.close();
    expect(await failureOf(deliver(module, { url }))).toMatchObject({
      name: 'AttemptFailure',
      code: 'connection_refused',
      message: 'The target refused the connection.',
      details: { cause: 'ECONNREFUSED' },
    });
  });

  it('a delivery to a target whose name cannot be resolved is retried', async () => {
    const url = `http://${'a'.repeat(64)}.invalid/`; // the label is too long: no resolver is asked for it
    expect(await failureOf(deliver(module, { url }))).toMatchObject({
      name: 'AttemptFailure',
      code: 'dns_failed',
    });
  });

  it('a target that answers before it has read the body has answered', async () => {
    const url = await at((socket) => void socket.write(`${OK}Content-Length: 2\r\n\r\nok`));
    expect(await deliver(module, { url, body: 'a'.repeat(200_000) })).toMatchObject({
      status: 200,
      body: 'ok',
    });
  });
});
