/** What a customer without an account sees by a link that their supplier has made. */
import type { Page } from 'playwright-core';
import { UsersService } from '../../../src/users/users.service';
import { ConsoleFixture, Visitor } from './console-fixture';
import { faultsOf, shoot, show, VIEWS } from './looks';

let console: ConsoleFixture;
let host: Visitor;
let page: Page;
beforeAll(async () => {
  console = await ConsoleFixture.start();
  host = await console.signUp();
  await console.app.app.get(UsersService, { strict: false }).setRole(host.email, 'admin');
});
beforeEach(async () => {
  page = await (await console.context()).newPage();
});
afterEach(() => page.context().close());
afterAll(() => console.stop());

/** Opens a link to the queue of a customer, with one request that waits. */
async function open(customerId: string, scope: 'read' | 'manage') {
  const { key } = await host.call('POST', '/auth/api-keys', { name: customerId, scopes: ['act-as'] });
  const act = async (method: string, path: string, body?: object) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(path.startsWith('/portal-links') ? {} : { 'turnwise-user': customerId }),
    };
    const answer = await fetch(console.app.url + path, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return text === '' ? {} : (JSON.parse(text) as Record<string, string>);
  };
  await act('POST', '/queue/pause');
  const { id = '' } = await act('POST', '/enqueue', { type: 'echo', payload: { of: customerId } });
  const link = await act('POST', '/portal-links', {
    customerId,
    scope,
    name: 'Ada’s Shop',
    color: '#0f766e',
  });
  await page.goto(console.url + link['path']!.slice(1));
  await page.getByRole('heading', { name: 'Your queue' }).waitFor();
  return { id, end: () => act('DELETE', `/portal-links/${link['id']}`) };
}

it('shows one customer their queue, and lets them act where the link says so', async () => {
  const { id } = await open('customer-1', 'manage');
  await page.getByText('Ada’s Shop').waitFor();
  expect(page.url()).not.toContain('token');
  for (const gone of ['Account', 'API', 'New request', 'Operator'])
    expect(await page.getByText(gone, { exact: true }).count()).toBe(0);
  await page.reload();
  const row = page.getByRole('list', { name: 'Waiting' }).getByRole('listitem');
  await row.filter({ hasText: id.slice(-8) }).waitFor();
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await page.locator('.badge', { hasText: 'Idle' }).waitFor();
});

it('lets them look and no more where the link says so, and says when the link has ended', async () => {
  const { id, end } = await open('customer-2', 'read');
  await page.goto(`${console.url}portal/#/requests/${id}`);
  await page.getByText('customer-2').first().waitFor();
  for (const act of ['Pause', 'Resume', 'Cancel'])
    expect(await page.getByRole('button', { name: act }).count()).toBe(0);
  await end();
  await page.getByRole('heading', { name: 'This link has ended' }).waitFor();
});

it('has nothing that axe-core finds serious, and no sideways scrolling', async () => {
  await open('customer-3', 'manage');
  for (const view of VIEWS) {
    await show(page, view);
    await page.getByText('Ada’s Shop').waitFor();
    await shoot(page, `portal-${view[0]}`);
    expect([view[0], await faultsOf(page)]).toEqual([view[0], []]);
  }
});
