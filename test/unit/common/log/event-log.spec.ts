import { Logger } from '@nestjs/common';
import { causeOf, outageBegan, outageEnded } from '../../../../src/common/log/cause';
import type { LogEvent } from '../../../../src/common/log/catalogue';
import { EventLog, flushRepeats } from '../../../../src/common/log/event-log';
import { JsonLog } from '../../../../src/http/json-log';

type Line = Record<string, unknown>;

const lines: Line[] = [];
const log = new EventLog('Test');
const SECRETS = ['hunter2', 's3cret', 'whsec_1', 'eyJhb'];

beforeAll(() => {
  jest.useFakeTimers();
  const to = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
  Logger.overrideLogger(new JsonLog({ level: 'debug' }, to));
});
beforeEach(() => {
  jest.advanceTimersByTime(180_000); // counts from before are forgotten
  lines.splice(0);
});
afterAll(() => {
  jest.useRealTimers();
  Logger.overrideLogger(false);
});

const step = (cause: unknown, requestId = 'r1') =>
  log.write('step.failed', { step: 'renew leases', requestId, cause });

it('a log line has the event, its level, its text and its fields', () => {
  log.write('attempt.failed', {
    ...{ requestId: 'r1', userId: 'u1', type: 'http', attempt: 2, outcome: 'failed', durationMs: 7 },
    errorCode: 'http_500',
  });
  expect(lines).toEqual([
    expect.objectContaining({
      ...{ level: 30, context: 'Test', event: 'attempt.failed', msg: 'an attempt failed' },
      ...{ requestId: 'r1', userId: 'u1', type: 'http', attempt: 2, outcome: 'failed', durationMs: 7 },
      errorCode: 'http_500',
    }),
  ]);
});

it('a log line has no field that the catalogue does not name', () => {
  const attempt = {
    requestId: 'r1',
    userId: 'u1',
    type: 'http',
    attempt: 1,
    outcome: 'failed',
    durationMs: 7,
  };
  const more = {
    payload: { a: SECRETS[0] },
    result: SECRETS[1],
    secrets: [SECRETS[2]],
    accessToken: SECRETS[3],
  };
  for (const event of ['attempt.failed', 'attempt.succeeded', 'attempt.stopped'] satisfies LogEvent[])
    log.write(event, { ...attempt, ...more });
  expect(lines).toHaveLength(3);
  for (const secret of SECRETS) expect(JSON.stringify(lines)).not.toContain(secret);
});

it.each([
  [
    'a URL with credentials',
    new Error('no way to redis://user:hunter2@redis:6379'),
    'no way to redis://redis:6379',
  ],
  ['a password with an @ in it', new Error('bad mongodb://u:hunter2@x@db:27017'), 'bad mongodb://db:27017'],
  [
    'a payload that a parser repeats',
    new SyntaxError('Unexpected token \'s\', ..."password":hunter2}" is not valid JSON'),
    'SyntaxError: Unexpected token \'s\', ..."..." is not valid JSON',
  ],
  [
    'the value of an index',
    Object.assign(new Error('E11000 duplicate key error index: email_1 dup key: { email: "hunter2" }'), {
      name: 'MongoServerError',
    }),
    'MongoServerError: E11000 duplicate key error index: email_1 dup key: { email: "..." }',
  ],
  ['more than one line', new Error('one\n\ttwo'), 'one two'],
  ['something that is not an error', 'thrown', 'thrown'],
  [
    'the error behind one of ours',
    new Error('Try again.', { cause: new Error('the disk is full') }),
    'the disk is full',
  ],
])('a cause is logged without secrets: %s', (_what, error, cause) => {
  log.write('call.failed', { callId: 'c1', errorCode: 'internal', cause: error });
  expect(lines).toMatchObject([{ event: 'call.failed', cause }]);
  expect(JSON.stringify(lines)).not.toContain('hunter2');
});

it('an internal error is logged with its stack and its place', () => {
  log.write('request.dropped', {
    requestId: 'r1',
    userId: 'u1',
    type: 'a',
    cause: new TypeError('no "hunter2"'),
  });
  expect((lines[0]!['err'] as { stack: string }).stack).toMatch(
    /^TypeError: no "\.\.\."\n\s+at .*event-log\.spec/,
  );
});

it('the first of equal lines is logged at once, then one a minute with the number of lines since', () => {
  for (let i = 1; i <= 5; i++) step(new Error('it broke'), `r${i}`);
  step(new Error('something else broke'), 'r6');
  expect(lines).toMatchObject([{ requestId: 'r1' }, { requestId: 'r6' }]);
  expect(lines[0]).not.toHaveProperty('times');
  lines.splice(0);
  jest.advanceTimersByTime(60_000);
  expect(lines).toMatchObject([{ requestId: 'r5', cause: 'it broke', times: 4 }]);
  step(new Error('it broke'), 'r7');
  jest.advanceTimersByTime(60_000);
  expect(lines.slice(1)).toMatchObject([{ requestId: 'r7', times: 1 }]);
  jest.advanceTimersByTime(60_000); // after a minute without any, the next is a first one
  step(new Error('it broke'), 'r8');
  expect(lines.slice(2)).toMatchObject([{ requestId: 'r8' }]);
  expect(lines[2]).not.toHaveProperty('times');
});

it('the counts that are still open are logged at the end', () => {
  for (let i = 0; i < 3; i++) step(new Error('it ends'));
  flushRepeats();
  expect(lines.slice(1)).toMatchObject([{ cause: 'it ends', times: 2 }]);
});

describe('the log while a store is away', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:6379'), {
    ...{ code: 'ECONNREFUSED', address: '127.0.0.1', port: 6379 },
  });
  const away = 'Redis cannot be reached at 127.0.0.1:6379: ECONNREFUSED';
  afterEach(() => outageEnded('Redis'));

  it.each([
    "Stream isn't writeable and enableOfflineQueue options is false",
    'Connection is closed.',
    'Command timed out',
  ])("has address and reason instead of the driver's words: %s", (sentence) => {
    expect(outageBegan('Redis', 'redis:6379', refused)).toBe(away);
    log.write('call.unavailable', { callId: 'c1', errorCode: 'unavailable', cause: new Error(sentence) });
    expect(lines).toMatchObject([{ level: 40, cause: away }]);
  });

  it('has the address from the settings if the error has none', () => {
    const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND redis'), { code: 'ENOTFOUND' });
    expect(outageBegan('Redis', 'redis:6379', unknown)).toBe(
      'Redis cannot be reached at redis:6379: ENOTFOUND',
    );
  });

  it('counts the failed calls, and has failed steps at the level debug only', () => {
    outageBegan('Redis', 'redis:6379', refused);
    for (let i = 0; i < 100; i++) {
      log.write('call.unavailable', {
        callId: `c${i}`,
        errorCode: 'unavailable',
        cause: new Error('Connection is closed.'),
      });
      step(new Error('Connection is closed.'));
    }
    expect(lines.filter(({ level }) => Number(level) >= 40)).toHaveLength(1);
  });
});

it('a store that is away is logged as an outage until that has ended', () => {
  const error = Object.assign(new Error('no server'), { name: 'MongoServerSelectionError' });
  outageBegan('MongoDB', '10.0.0.1:27017', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
  expect(causeOf(error)).toEqual({
    text: 'MongoDB cannot be reached at 10.0.0.1:27017: ECONNREFUSED',
    isOutage: true,
  });
  outageEnded('MongoDB');
  expect(causeOf(error)).toEqual({ text: 'MongoDB cannot be reached: no server', isOutage: false });
});

it.each([
  "Stream isn't writeable and enableOfflineQueue options is false",
  'Reached the max retries per request limit (which is 0). Refer to "maxRetriesPerRequest" option for details.',
  'Connection is closed.',
])('a closed connection is logged in our words before it is known as an outage: %s', (message) => {
  expect(causeOf(new Error(message))).toEqual({
    text: 'Redis cannot be reached: the connection has closed',
    isOutage: false,
  });
});
