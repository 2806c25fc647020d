import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ConsoleFixture, Visitor } from './console-fixture';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** Where screenshots go, if anywhere. */
const SHOTS = process.env['CONSOLE_SCREENSHOTS'];

jest.setTimeout(120_000);

let console: ConsoleFixture;
let visitor: Visitor;
/** The pages, each with what shows that it is there whole. */
let pages: [name: string, link: string, shows: string][];

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
  pages = [
    ['queue', '#/', '.strip'],
    ['requests', '#/requests', 'a.request-row'],
    ['request', `#/requests/${failed}`, '.timeline'],
    ['account', '#/account', '.plain-list li'],
  ];
});
afterAll(() => console.stop());

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: { readonly html: string }[];
}

/** What axe-core finds serious on a page, with the first place of each. */
async function seriousOn(page: Page): Promise<string[]> {
  const violations = await page.evaluate<Finding[]>(
    `(() => { ${AXE}; return axe.run().then(({ violations }) => violations) })()`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

const VIEWS = [
  ['light', { width: 1280, height: 800 }],
  ['dark', { width: 1280, height: 800 }],
  ['narrow', { width: 390, height: 844 }],
] as const;

it.each(VIEWS)(
  'has nothing that axe-core finds serious, and no sideways scrolling: %s',
  async (view, size) => {
    const { page } = visitor;
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: view === 'dark' ? 'dark' : 'light' });
    for (const [name, link, shows] of pages) {
      await visitor.go(link);
      await page.locator(shows).first().waitFor();
      await shoot(page, `${name}-${view}`);
      expect([name, await seriousOn(page)]).toEqual([name, []]);
      expect([name, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([
        name,
        true,
      ]);
    }
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'New request' }).waitFor();
    await shoot(page, `new-request-${view}`);
    expect(await seriousOn(page)).toEqual([]);
    await page.keyboard.press('Escape');
  },
);

it.each(VIEWS)('lets people in by a form that axe-core has nothing against: %s', async (view, size) => {
  const context = await console.context();
  const page = await context.newPage();
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: view === 'dark' ? 'dark' : 'light' });
  await page.goto(console.url);
  await page.getByLabel('Email').waitFor();
  await shoot(page, `sign-in-${view}`);
  expect(await seriousOn(page)).toEqual([]);
  await context.close();
});

it('shows hostile text as text, hidden characters as marks, and runs none of it', async () => {
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
