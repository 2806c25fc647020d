import { RecoveryRecords } from '../../../src/queue/recovery/recovery-records.service';
import { minuteOf, ThroughputRecords } from '../../../src/throughput/throughput-records.service';
import { UsersService } from '../../../src/users/users.service';
import { until } from '../../support/until';
import { ConsoleFixture, Visitor } from './console-fixture';
import { faultsOf, scrollsSideways, seriousOn, shoot, show, VIEWS } from './looks';

let console: ConsoleFixture;
let visitor: Visitor;
let operator: Visitor;
/** The pages, each with the user who sees it, what shows when it is complete, and its title. */
let pages: [name: string, by: Visitor, link: string, shows: string, title: string][];

beforeAll(async () => {
  console = await ConsoleFixture.start();
  visitor = await console.signUp();
  await visitor.ended(await visitor.enqueue({ type: 'echo', payload: { total: 12.5 }, tags: ['invoice'] }));
  for (const ms of [30, 120, 60, 200, 90, 150])
    await visitor.ended(await visitor.enqueue({ type: 'sleep', payload: { ms } }));
  const failed = await visitor.delivery(console.target, { tags: ['billing', 'eu'] });
  await visitor.ended(failed);
  await visitor.enqueue({ type: 'echo', payload: 1, delayMs: 86_400_000 });
  await visitor.endless();
  for (let i = 0; i < 12; i++)
    await visitor.enqueue({ type: 'sleep', payload: { ms: 1 }, tags: [`batch-${i}`] });
  operator = await beOperator();
  const { id } = await visitor.call('GET', '/auth/me');
  pages = [
    ['queue', visitor, '#/', '.strip', 'Your queue'],
    ['requests', visitor, '#/requests', 'a.request-row', 'Requests'],
    ['request', visitor, `#/requests/${failed}`, '.headers', `Request ${failed.slice(-8)}`],
    ['account', visitor, '#/account', '.plain-list li', 'Account'],
    ['operator', operator, '#/admin', '.stuck >> nth=1', 'Operator'],
    ['user', operator, `#/admin/users/${id}/`, '.strip', `Queue of ${visitor.email}`],
  ];
});
afterAll(() => console.stop());

const get = <T>(token: new (...args: never[]) => T): T => console.app.app.get(token, { strict: false });

/** A user who sees two stuck queues, an hour of throughput with a gap, and two recoveries. */
async function beOperator(): Promise<Visitor> {
  for (const way of ['halted', 'paused']) {
    const stuck = await console.signUp();
    if (way === 'paused') await stuck.call('POST', '/queue/pause');
    else await stuck.call('PATCH', '/queue', { onFailure: 'halt' });
    if (way === 'halted') await stuck.ended(await stuck.delivery(console.target));
    await stuck.enqueue({ type: 'echo', payload: 1 });
    await stuck.page.context().close();
  }
  const now = minuteOf(Date.now());
  for (let ago = 1; ago < 50; ago++) {
    const accepted = 40 + ((ago * 7) % 23);
    const counts = { accepted, ended: accepted - (ago % 5), failed: ago % 9 === 0 ? 6 : 0 };
    if (ago < 20 || ago > 26) await get(ThroughputRecords).add(now - ago, counts);
  }
  const one = { shard: 3, requests: 12, cause: 'history' } as const;
  const all = Array.from({ length: 16 }, (_, shard) => ({ shard, requests: 81, cause: 'lost' }) as const);
  await get(RecoveryRecords).add([one], 210);
  await get(RecoveryRecords).add(all, 1_340);
  const operator = await console.signUp();
  await get(UsersService).setRole(operator.email, 'admin');
  await operator.page.reload();
  return operator;
}

it.each(VIEWS)(
  'a page has no serious finding of axe-core, and no horizontal scrolling: %s',
  async (...view) => {
    for (const each of [visitor, operator]) await show(each.page, view);
    for (const [name, by, link, shows] of pages) {
      await by.go(link);
      await by.page.locator(shows).first().waitFor();
      await shoot(by.page, `${name}-${view[0]}`);
      expect([name, await faultsOf(by.page)]).toEqual([name, []]);
    }
    await visitor.page.keyboard.press('n');
    await visitor.page.getByRole('heading', { name: 'New request' }).waitFor();
    await shoot(visitor.page, `new-request-${view[0]}`);
    expect(await seriousOn(visitor.page)).toEqual([]);
    await visitor.page.keyboard.press('Escape');
  },
);

/** Lets a page show the longest name instead of each type, tag and email. */
async function withLongNames({ page }: Visitor): Promise<void> {
  const long = 'W'.repeat(64);
  await page.route(/\/(requests|queue|types|auth|admin)\b/, async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    const body = text
      .replace(/"(sleep|echo|http|invoice|billing|eu|batch-\d+)"/g, `"${long}"`)
      .replace(/"visitor-\d+@/g, `"${long}@`);
    await route.fulfill({ response, body });
  });
}

it('a narrow page has no horizontal scrolling, however long a name is', async () => {
  for (const each of [visitor, operator]) {
    await each.page.setViewportSize({ width: 320, height: 640 });
    await withLongNames(each);
    await each.page.reload();
  }
  for (const [name, by, link, shows] of pages) {
    await by.go(link);
    await by.page.locator(shows).first().waitFor();
    await by.page.getByText(/W{64}/).locator('visible=true').first().waitFor();
    await shoot(by.page, `${name}-long`);
    expect([name, await scrollsSideways(by.page)]).toEqual([name, false]);
  }
  const { page } = visitor;
  await visitor.go('#/');
  await page.locator('.running-name', { hasText: /W{64}/ }).waitFor();
  await page.getByRole('button', { name: 'Cancel the running request' }).click();
  await page.getByRole('heading', { name: /W{64}/ }).waitFor();
  await shoot(page, 'question-long');
  expect(await scrollsSideways(page)).toBe(false);
  for (const each of [visitor, operator]) {
    await each.page.unrouteAll({ behavior: 'wait' });
    await each.page.reload();
  }
});

it('each page has a title of its own, for its tab and for screen readers', async () => {
  for (const [, by, link, , title] of pages) {
    await by.go(link);
    await until(title, async () => (await by.page.title()) === `${title} · Turnwise`);
  }
});

it.each(VIEWS)('the login form has no finding of axe-core: %s', async (...view) => {
  const context = await console.context();
  const page = await context.newPage();
  await show(page, view);
  await page.goto(console.url);
  await page.getByLabel('Email').waitFor();
  await shoot(page, `sign-in-${view[0]}`);
  expect(await seriousOn(page)).toEqual([]);
  await context.close();
});

it("the operator's page draws the throughput of an hour, with gaps where it is unknown", async () => {
  const { page } = operator;
  await operator.go('#/admin');
  await page.locator('.chart .failed').first().waitFor();
  const count = (name: string) => page.locator(`.chart svg .${name}`).count();
  const unknown = async () => {
    const { items } = (await operator.call('GET', '/admin/throughput')) as { items: { ended: unknown }[] };
    return items.filter(({ ended }) => ended === null).length;
  };
  // Between the page's read and this one a minute may end: the page reads again.
  await until('it shows the gaps', async () => (await unknown()) === (await count('unknown')));
  const gaps = await count('unknown');
  expect([gaps > 0, gaps < 30, await count('minute')]).toEqual([true, true, 60]);
  const line = await page.locator('.chart svg .accepted').getAttribute('d');
  expect(line?.match(/M/g)?.length).toBeGreaterThan(1); // the line stops at a gap
  await page.getByText(`last minute: `).waitFor();
});

it('the page shows hostile text as text and hidden characters as marks, and runs no script', async () => {
  const { page } = visitor;
  const hostile = '</script><img src=x onerror="document.title=`owned`">\u202Egnp.exe\u0007';
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.setViewportSize({ width: 1280, height: 800 });
  const id = await visitor.enqueue({
    type: 'echo',
    payload: { [hostile]: hostile },
    tags: [hostile.slice(0, 64)],
  });
  await visitor.go(`#/requests?q=${id}`);
  await page.locator('a.request-row .hidden-character', { hasText: 'U+202E' }).waitFor();
  await page.locator('a.request-row').click();
  await page.locator('.facts .hidden-character', { hasText: 'U+202E' }).waitFor();
  await page.locator('pre[aria-label=Payload]', { hasText: '</script><img src=x onerror=' }).waitFor();
  await visitor.go(`#/requests?tag=other&q=${encodeURIComponent(hostile)}`);
  await page.getByText('Nothing matches this filter.').waitFor();
  await visitor.go(`#/requests/${encodeURIComponent(hostile)}`);
  await page.getByText('There is no request with this id.').waitFor();
  await until('the title is set', async () => (await page.title()).startsWith('Request '));
  expect(await page.locator('img[src=x]').count()).toBe(0);
  expect(complaints.filter((text) => !text.includes('status of 404'))).toEqual([]);
});
