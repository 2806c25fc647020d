import { RecoveryRecords } from '../../../src/queue/recovery/recovery-records.service';
import { minuteOf, ThroughputRecords } from '../../../src/throughput/throughput-records.service';
import { UsersService } from '../../../src/users/users.service';
import { ConsoleFixture, Visitor } from './console-fixture';
import { faultsOf, seriousOn, shoot, show, VIEWS } from './looks';

let console: ConsoleFixture;
let visitor: Visitor;
let operator: Visitor;
/** The pages, each with the user who sees it and a text that shows when it is complete. */
let pages: [name: string, by: Visitor, link: string, shows: string][];

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
    ['queue', visitor, '#/', '.strip'],
    ['requests', visitor, '#/requests', 'a.request-row'],
    ['request', visitor, `#/requests/${failed}`, '.headers'],
    ['account', visitor, '#/account', '.plain-list li'],
    ['operator', operator, '#/admin', '.stuck >> nth=1'],
    ['user', operator, `#/admin/users/${id}/`, '.strip'],
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
  const { items } = (await operator.call('GET', '/admin/throughput')) as {
    items: { ended: number | null }[];
  };
  const known = items.filter(({ ended }) => ended !== null).length;
  expect(known).toBeGreaterThan(30);
  await page
    .locator('.chart svg .unknown')
    .nth(59 - known)
    .waitFor();
  expect([await count('minute'), await count('unknown')]).toEqual([60, 60 - known]);
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
  expect(await page.title()).toBe('Turnwise');
  expect(await page.locator('img[src=x]').count()).toBe(0);
  expect(complaints.filter((text) => !text.includes('status of 404'))).toEqual([]);
});
