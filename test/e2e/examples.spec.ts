import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { OpenAPIV3 } from 'openapi-types';
import { AppProcess } from '../support/app-process';
import { dropDatabase, uniqueDatabase } from '../support/mongo-database';
import { Operation, operationsOf } from '../support/openapi-document';
import { untilReady } from '../support/ready';
import { RedisServer } from '../support/redis-server';

/** What an example cannot know, by field or parameter. */
type Known = Record<string, unknown>;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- JSON, of any shape
type Answered = any;
type Schema = OpenAPIV3.SchemaObject;

const ADMIN_COMMAND = join(__dirname, '../../dist/admin-command.js');
/** Fields that exclude a neighbour that has an example too. */
const EXCLUDED = new Set(['runAt']);

let redis: RedisServer;
let app: AppProcess;
let url: string;
let variables: Record<string, string>;
let operations: Map<string, Operation>;
const called = new Set<string>();
let credential = '';

beforeAll(async () => {
  redis = await RedisServer.start();
  variables = {
    HOST: '127.0.0.1',
    PORT: '0',
    NODE_ENV: 'test',
    ROLE: 'api', // no worker: the examples must not be delivered to anybody
    REDIS_URL: redis.url,
    MONGODB_URI: uniqueDatabase(),
    JWT_SECRET: 'a-secret-that-only-these-tests-know',
  };
  app = AppProcess.spawn(variables);
  url = await app.listening();
  await untilReady(url);
  operations = await operationsOf();
});
afterAll(async () => {
  app.signal('SIGTERM');
  await app.ended;
  await redis.stop();
  await dropDatabase(variables['MONGODB_URI']!);
});

/** An object of all fields that have an example or a value in `known`. */
function exampleOf(schema: Schema, known: Known = {}): unknown {
  if (schema.example !== undefined) return schema.example;
  const whole = schema.allOf?.[0] as Schema | undefined;
  if (whole !== undefined) return exampleOf(whole);
  if (schema.type === 'array') return [exampleOf(schema.items as Schema)];
  if (schema.type !== 'object') return schema.default;
  const fields = Object.entries(schema.properties ?? {})
    .filter(([name]) => !EXCLUDED.has(name))
    .map(([name, field]) => [name, known[name] ?? exampleOf(field as Schema)]);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** Calls an operation as its document shows it, and returns its body. Expects the declared success. */
async function call(operationId: string, known: Known = {}): Promise<Answered> {
  const operation = operations.get(operationId)!;
  const { method, path } = operation;
  called.add(operationId);
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(known[name])));
  const media = (operation.requestBody as OpenAPIV3.RequestBodyObject | undefined)?.content[
    'application/json'
  ];
  const body = media && JSON.stringify(media.example ?? exampleOf(media.schema as Schema, known));
  const answer = await fetch(`${url}${filled}`, {
    method: method.toUpperCase(),
    headers: {
      ...(credential === '' ? {} : { authorization: `Bearer ${credential}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(60_000),
  });
  if (operationId === 'streamEvents') await answer.body?.cancel();
  const text = operationId === 'streamEvents' ? '' : await answer.text();
  const successes = Object.keys(operation.responses).filter((status) => status < '300');
  expect([operationId, successes, answer.status, text]).toEqual([
    operationId,
    expect.arrayContaining([String(answer.status)]),
    answer.status,
    text,
  ]);
  return answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
}

/** Creates a customer; no operation does this alone. */
async function enqueueAs(customer: string): Promise<void> {
  const answer = await fetch(`${url}/enqueue`, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${credential}`, 'content-type': 'application/json' },
      'turnwise-user': customer,
    },
    body: JSON.stringify({ type: 'echo', payload: 1 }),
  });
  expect(answer.status).toBe(202);
}

const logIn = async () => {
  const { accessToken, refreshToken } = await call('login');
  credential = accessToken;
  return refreshToken as string;
};

it('every operation works as the document shows it', async () => {
  await call('live');
  await call('ready');
  await call('metrics');
  await call('register');
  const [email, password] = ['ada@example.com', 'correct horse battery'];
  execFileSync(process.execPath, [ADMIN_COMMAND, 'promote', email], {
    env: { ...process.env, ...variables },
  });
  const refreshToken = await logIn();
  credential = (await call('refresh', { refreshToken })).accessToken;
  const { id: userId } = await call('getMe');
  await call('changeMe');

  const key = await call('createApiKey');
  await call('listApiKeys');
  await call('endApiKey', key);

  const accepted = await call('enqueue');
  await call('getRequest', accepted);
  await call('cancelRequest', accepted);
  await call('resendCallback', accepted);
  await call('enqueueBatch');
  await call('listRequests');
  for (const operation of ['cancelRequests', 'retryRequests', 'dismissRequests']) await call(operation);

  for (const operation of [
    'getQueue',
    'pauseQueue',
    'resumeQueue',
    'auditQueue',
    'purgeQueue',
    'changeQueue',
  ])
    await call(operation);
  await call('streamEvents');
  await call('getWebhookSecret');
  await call('rotateWebhookSecret');
  await call('listTypes');

  await call('declareType', { type: 'render' });
  const payload = { page: 1 };
  const claimOne = async () => {
    const { items } = await call('claimWork');
    return { id: items[0].request.id, fencingToken: items[0].fencingToken };
  };
  await call('enqueue', { type: 'render', payload, delayMs: 0 });
  const first = await claimOne();
  await call('extendWork', first);
  await call('completeWork', first);
  await call('enqueue', { type: 'render', payload, delayMs: 0, maxAttempts: 1 });
  const second = await claimOne();
  await call('failWork', { ...second, retryable: false });
  await call('dismissRequest', second);
  await call('eraseRequestData', second);
  await call('enqueue', { type: 'render', payload, delayMs: 0, maxAttempts: 1 });
  const third = await claimOne();
  await call('failWork', { ...third, retryable: false });
  await call('retryRequest', third);
  const again = await claimOne();
  await call('failWork', { ...again, retryable: false });
  await call('retryUserRequest', { id: userId, requestId: again.id });
  const last = await claimOne();
  await call('failWork', { ...last, retryable: false });
  await call('dismissUserRequest', { id: userId, requestId: last.id });

  await call('getOverview');
  await call('getThroughput');
  await call('listUsers');
  await call('listStuck');
  for (const operation of [
    'getUserQueue',
    'pauseUserQueue',
    'resumeUserQueue',
    'purgeUserQueue',
    'limitUser',
  ])
    await call(operation, { id: userId });
  await call('listUserRequests', { id: userId });
  const { id: requestId } = await call('enqueue');
  await call('getUserRequest', { id: userId, requestId });
  await call('cancelUserRequest', { id: userId, requestId });
  for (const operation of ['cancelUserRequests', 'retryUserRequests', 'dismissUserRequests'])
    await call(operation, { id: userId });

  const shop = await call('createApiKey', { name: 'shop', scopes: ['act-as'] });
  const admin = credential;
  const customer = 'customer-4711';
  credential = shop.key;
  await enqueueAs(customer);
  const { id: portal, token } = await call('createPortalLink');
  await call('listPortalLinks');
  credential = token;
  await call('getPortalLink');
  credential = shop.key;
  await call('endPortalLink', { id: portal });
  const { userId: erased } = await call('eraseCustomer', { customer });
  await call('getCustomerErasure', { customer });
  credential = admin;
  await call('eraseUser', { id: erased });
  await call('getUserErasure', { id: erased });

  const { items: sessions } = await call('listSessions');
  const other = sessions.find(({ current }: { current: boolean }) => !current) ?? sessions[0];
  await call('endSession', other);
  await logIn();
  await call('changePassword');
  const link = execFileSync(process.execPath, [ADMIN_COMMAND, 'reset-password', email], {
    env: { ...process.env, ...variables },
    encoding: 'utf8',
  });
  await call('resetPassword', { token: /#reset-password=(\S+)/.exec(link)?.[1], password });
  await logIn();
  await call('logout');
  await logIn();
  await call('endMe', { password });

  expect([...operations.keys()].filter((id) => !called.has(id))).toEqual([]);
});
