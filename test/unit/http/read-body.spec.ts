import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { readBody } from '../../../src/http/read-body';

it('a truncated body is an error of its sender', async () => {
  const payload = Object.assign(new PassThrough(), { headers: { 'content-length': '50' } });
  const read = new Promise((resolve) => readBody(payload as unknown as IncomingMessage, 100, resolve));
  payload.write('{');
  payload.destroy(new Error('aborted'));
  expect(await read).toMatchObject({
    code: 'bad_request',
    detail: 'The connection ended before the whole body had arrived.',
  });
});
