import { PassThrough } from 'node:stream';
import { once } from 'node:events';
import { prettyLog } from '../../../scripts/lib/pretty-log';

it.each([
  [{ level: 30, context: 'Health', msg: 'ready' }, 'Health: ready'],
  [
    {
      ...{ level: 30, event: 'call.ended', msg: 'a call has ended', outcome: 'answered' },
      ...{ method: 'GET', path: '/queue', statusCode: 200, durationMs: 3 },
    },
    'GET /queue 200, 3 ms',
  ],
  [
    {
      ...{ level: 30, event: 'call.ended', msg: 'a call has ended', outcome: 'client_gone' },
      ...{ method: 'POST', path: '/enqueue', durationMs: 3 },
    },
    'POST /enqueue no answer, the client went away, 3 ms',
  ],
  [
    {
      level: 30,
      context: 'Requests',
      event: 'attempt.failed',
      msg: 'an attempt failed',
      type: 'http',
      attempt: 2,
    },
    'Requests: an attempt failed type=http attempt=2',
  ],
  [
    { level: 50, context: 'Problem', msg: 'broke', err: { stack: 'Error: broke\n    at there' } },
    'Problem: broke\nError: broke\n    at there',
  ],
])('a log line is shown as a sentence: %j', async (line, sentence) => {
  const shown = new PassThrough();
  const log = prettyLog(shown);
  log.write(`${JSON.stringify({ time: 0, pid: 1, hostname: 'a', ...line })}\n`);
  const [text] = (await once(shown, 'data')) as [Buffer];
  // eslint-disable-next-line no-control-regex -- colours
  expect(text.toString().replaceAll(/\x1b\[\d+m/g, '')).toContain(`: ${sentence}\n`);
});
