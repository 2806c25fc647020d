/** What a customer without an account sees through a link from their supplier. */
import type { Page } from 'playwright-core';
import { UsersService } from '../../../src/users/users.service';
import { httpTarget, type StubTarget } from '../../support/stub-target';
import { until } from '../../support/until';
import { ConsoleFixture, Visitor } from './console-fixture';
import { faultsOf, shoot, show, VIEWS } from './looks';

let console: ConsoleFixture;
let host: Visitor;
let page: Page;
/** The supplier's site and another one: each frames the URL in its query. */
let shop: StubTarget;
let stranger: StubTarget;
beforeAll(async () => {
  [shop, stranger] = await Promise.all([site(), site()]);
  console = await ConsoleFixture.start({ PORTAL_ORIGINS: originOf(shop) });
  host = await console.signUp();
  await console.app.app.get(UsersService, { strict: false }).setRole(host.email, 'admin');
});
beforeEach(async () => {
  page = await (await console.context()).newPage();
});
afterEach(() => page.context().close());
afterAll(async () => {
  await console.stop();
  await Promise.all([shop.close(), stranger.close()]);
});

const site = () =>
  httpTarget(({ path }, response) => {
    const framed = new URL(path, 'http://shop').searchParams.get('shows') ?? '';
    response
      .setHeader('content-type', 'text/html')
      .end(`<h1>Ada’s Shop</h1><iframe src="${framed}" width="900" height="600"></iframe>`);
  });
const originOf = ({ port }: StubTarget) => `http://localhost:${port}`;

/** Opens a link to the queue of a customer with one waiting request. */
async function open(customerId: string, scope: 'read' | 'manage', more: object = {}) {
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
  const { id = '' } = await act('POST', '/enqueue', { type: 'echo', payload: { of: customerId }, ...more });
  const link = await act('POST', '/portal-links', {
    customerId,
    scope,
    name: 'Ada’s Shop',
    color: '#0f766e',
  });
  const url = console.url + link['path']!.slice(1);
  await page.goto(url);
  await page.getByRole('heading', { name: 'Your queue' }).waitFor();
  return { id, url, end: () => act('DELETE', `/portal-links/${link['id']}`) };
}

it('the portal shows one customer their queue, and lets them act if the link allows it', async () => {
  const { id } = await open('customer-1', 'manage');
  await page.getByText('Ada’s Shop').waitFor();
  await page.getByText('Live').waitFor();
  expect(page.url()).not.toContain('token');
  await until('the title is set', async () => (await page.title()) === 'Your queue · Ada’s Shop');
  for (const gone of ['Account', 'API', 'New request', 'Operator'])
    expect(await page.getByText(gone, { exact: true }).count()).toBe(0);
  await page.reload();
  const row = page.getByRole('list', { name: 'Waiting' }).getByRole('listitem');
  await row.filter({ hasText: id.slice(-8) }).waitFor();
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await page.locator('.badge', { hasText: 'Idle' }).waitFor();
});

it('the portal says that it reads until its first answer', async () => {
  await open('customer-11', 'read');
  await page.route('**/portal-links/current', () => undefined);
  await page.reload();
  await page.getByText('Reading …').waitFor();
});

it('the portal offers all that a link to manage allows', async () => {
  const { id } = await open('customer-10', 'manage', { callbackUrl: shop.url });
  await page.getByLabel('After a failure').selectOption('halt');
  await page.getByText(/After a failure: halt/).waitFor();
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await page.locator('.strip rect.succeeded').waitFor();
  await page.getByText('nothing overlaps, nothing overtakes').waitFor();
  await page.goto(`${console.url}portal/#/requests/${id}`);
  await page.getByRole('button', { name: 'Send again', exact: true }).click();
  await page.getByText('It is being sent again.').waitFor();
  for (const closed of ['Send again …', 'Copy as curl'])
    expect(await page.getByRole('button', { name: closed }).count()).toBe(0);
});

it('the portal is read-only with a link for reading, and says when the link has ended', async () => {
  const { id, end } = await open('customer-2', 'read');
  await page.goto(`${console.url}portal/#/requests/${id}`);
  await page.getByText('customer-2').first().waitFor();
  for (const act of ['Pause', 'Resume', 'Cancel', 'Send again', 'Copy as curl'])
    expect(await page.getByRole('button', { name: act }).count()).toBe(0);
  await end();
  await page.getByRole('heading', { name: 'This link has ended' }).waitFor();
});

it('shows the queue of another link opened in the same tab', async () => {
  await open('customer-7', 'read');
  const { id } = await open('customer-8', 'read');
  await page.getByRole('list', { name: 'Waiting' }).getByText(id.slice(-8)).waitFor();
  expect(page.url()).not.toContain('token');
});

it('the portal works in a frame of a listed site', async () => {
  const { id, url } = await open('customer-4', 'manage');
  await page.goto(`${originOf(shop)}/?shows=${encodeURIComponent(url)}`);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('list', { name: 'Waiting' }).getByText(id.slice(-8)).waitFor();
  await frame.getByRole('button', { name: 'Resume' }).first().click();
  await frame.locator('.badge', { hasText: 'Idle' }).waitFor();
});

it('the portal shows a text to copy by hand if the frame may not copy it', async () => {
  const { id, url } = await open('customer-9', 'read');
  await page.goto(`${originOf(shop)}/?shows=${encodeURIComponent(url)}`);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('list', { name: 'Waiting' }).getByText(id.slice(-8)).click();
  await frame.getByRole('button', { name: 'Copy', exact: true }).click();
  await frame.getByLabel('The text to copy').waitFor();
  expect(await page.frames()[1]!.evaluate('getSelection().toString()')).toBe('{"of":"customer-9"}');
  expect(await frame.getByText('Copied.').count()).toBe(0);
});

it('the portal works in a frame whose site may not store anything in the browser', async () => {
  const { id, url } = await open('customer-6', 'read');
  const refused = await page.context().newPage();
  await refused.addInitScript(`if (window !== window.top)
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get() { throw new DOMException('Access is denied', 'SecurityError') } });
  `);
  await refused.goto(`${originOf(shop)}/?shows=${encodeURIComponent(url)}`);
  const waiting = refused.frameLocator('iframe').getByRole('list', { name: 'Waiting' });
  await waiting.getByText(id.slice(-8)).waitFor();
});

it('the browser refuses the portal in a frame of any other site, and the rest of the service in every frame', async () => {
  const { url } = await open('customer-5', 'read');
  for (const [around, framed] of [
    [stranger, url],
    [shop, console.url],
  ] as const) {
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    await page.goto(`${originOf(around)}/?shows=${encodeURIComponent(framed)}`);
    await refused;
    const frame = page.frameLocator('iframe');
    expect(await frame.getByRole('heading', { name: /Your queue|Sign in/ }).count()).toBe(0);
  }
});

it('the portal has no serious finding of axe-core, and no horizontal scrolling', async () => {
  await open('customer-3', 'manage');
  for (const view of VIEWS) {
    await show(page, view);
    await page.getByText('Ada’s Shop').waitFor();
    await shoot(page, `portal-${view[0]}`);
    expect([view[0], await faultsOf(page)]).toEqual([view[0], []]);
  }
});
