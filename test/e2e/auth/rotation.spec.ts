/** JWT_SECRET is rotated as docs/operations.md says, process by process, while clients keep calling. */
import { AppCluster } from '../../support/cluster';
import { until } from '../../support/until';

const [OLD, NEW, OTHER] = ['old', 'new', 'other'].map(
  (name) => `what only these tests know about: ${name}`,
) as [string, string, string];
const ACCOUNT = { email: 'rotation@example.com', password: 'correct horse battery staple' };

let cluster: AppCluster;
beforeAll(async () => {
  cluster = await AppCluster.start();
  cluster.endsAreMeant = true;
});
afterAll(() => cluster.stop());

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

const start = (JWT_SECRET: string) => cluster.process('all', undefined, { JWT_SECRET });

async function post(url: string, path: string, body: object): Promise<Tokens> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  expect([path, answer.status]).toEqual([path, path === '/auth/register' ? 201 : 200]);
  return (await answer.json()) as Tokens;
}

/** A call whose body is read only of known callers, before anything else is asked about its token. */
async function enqueue(url: string, { accessToken }: Tokens): Promise<void> {
  const answer = await fetch(`${url}/enqueue`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'echo', payload: 1 }),
  });
  expect(answer.status).toBe(202);
}

async function webhookSecret(url: string, { accessToken }: Tokens): Promise<string> {
  const answer = await fetch(`${url}/webhooks/secret`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { secret: string }).secret;
}

it('clients get no 401 while JWT_SECRET is rotated, and keep sessions and webhook secrets', async () => {
  let before = await start(OLD);
  await post(before.url, '/auth/register', ACCOUNT);
  let tokens = await post(before.url, '/auth/login', ACCOUNT);
  const secret = await webhookSecret(before.url, tokens);

  for (const secrets of [`${OLD},${NEW}`, `${NEW}, ${OLD}`, NEW]) {
    const after = await start(secrets);
    for (const { url: issuer } of [before, after]) {
      const issued = await post(issuer, '/auth/login', ACCOUNT);
      for (const { url } of [before, after])
        for (const each of [tokens, issued]) {
          await enqueue(url, each);
          expect(await webhookSecret(url, each)).toBe(secret);
        }
    }
    // A client that repeats its refresh reaches both processes: neither may mistake the repetition for a theft.
    const { refreshToken } = tokens;
    const [first, repeated] = [
      await post(before.url, '/auth/refresh', { refreshToken }),
      await post(after.url, '/auth/refresh', { refreshToken }),
    ];
    expect(repeated.refreshToken).toBe(first.refreshToken);
    tokens = await post(after.url, '/auth/refresh', { refreshToken: first.refreshToken });
    before.app.signal('SIGTERM');
    await before.app.ended;
    if (secrets !== NEW)
      await until('all is sealed under the first', () => after.app.lines('secrets.resealed').length > 0);
    before = after;
  }
  expect(await webhookSecret(before.url, tokens)).toBe(secret);
  before.app.signal('SIGTERM');
  await before.app.ended;
});

it.each([
  ['another secret', OTHER],
  ['a new first secret that the others do not know yet', `${NEW},${OLD}`],
  ['only secrets that sign nowhere else', NEW],
])('a process with %s does not start beside the others, and names the variable', async (_what, secrets) => {
  const running = await start(secrets === NEW ? `${OLD},${NEW}` : OLD);
  const refused = start(secrets);
  await expect(refused).rejects.toThrow(/^ended with 78: JWT_SECRET /);
  await refused.catch(({ message }: Error) => {
    for (const each of [OLD, NEW, OTHER]) expect(message).not.toContain(each);
  });
  running.app.signal('SIGTERM');
  await running.app.ended;
});
