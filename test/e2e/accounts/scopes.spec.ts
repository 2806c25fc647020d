/** The scopes of a key decide what it may do, on every operation of the document. */
import { randomUUID } from 'node:crypto';
import { Scope, SCOPES } from '../../../src/auth/access/scopes';
import { ApiUser, AppCluster, served } from '../../support/cluster';
import { Operation, operationsOf } from '../../support/openapi-document';

let cluster: AppCluster;
let url: string;
let admin: ApiUser;
let operations: Operation[];
beforeAll(async () => {
  operations = [...(await operationsOf()).values()].filter(({ security }) =>
    security?.some((scheme) => 'bearer' in scheme),
  );
  cluster = await AppCluster.start({ HTTP_RATE_LIMIT: '0' });
  ({ url } = await cluster.process('all'));
  admin = await cluster.admin(url);
});
afterAll(() => cluster.stop());

const scopeOf = (operation: Operation) => (operation as { 'x-required-scope'?: Scope })['x-required-scope'];

async function statusOf(caller: ApiUser, { method, path }: Operation): Promise<number> {
  const body = ['get', 'delete'].includes(method) ? undefined : {};
  const target = path.replace(/\{\w+\}/g, randomUUID());
  const answer = await served(() => caller.call(method.toUpperCase(), target, body));
  await answer.body?.cancel();
  return answer.status;
}

it.each(SCOPES)('a key of the scope %s may call its operations, and no others', async (scope) => {
  const made = await admin.call('POST', '/auth/api-keys', { name: 'one scope', scopes: [scope] });
  const key = ApiUser.withKey(url, ((await made.json()) as { key: string }).key);
  const allowed: string[] = [];
  for (const operation of operations) {
    const status = await statusOf(key, operation);
    expect([401, 429, 500]).not.toContain(status);
    if (status !== 403) allowed.push(operation.operationId!);
  }
  expect(allowed).not.toEqual([]);
  expect(allowed).toEqual(
    operations.filter((each) => scopeOf(each) === scope).map(({ operationId }) => operationId),
  );
});
