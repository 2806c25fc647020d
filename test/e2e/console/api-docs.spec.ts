/** The API's page at `/docs`: Swagger UI with our options and styles. */
import type { Page } from 'playwright-core';
import { ConsoleFixture } from './console-fixture';
import { seriousOn, shoot, show, VIEWS } from './looks';

let console: ConsoleFixture;
let page: Page;
beforeAll(async () => {
  console = await ConsoleFixture.start();
  page = await (await console.context()).newPage();
});
afterAll(() => console.stop());

it.each(VIEWS)('the page at /docs has no serious finding of axe-core: %s', async (...view) => {
  await show(page, view);
  await page.goto(`${console.url}docs`);
  await page.locator('.opblock').first().waitFor();
  await shoot(page, `docs-${view[0]}`);
  expect(await seriousOn(page)).toEqual([]);
});

it('the page at /docs has no serious finding in an open operation, except a select that Swagger UI does not label', async () => {
  await show(page, VIEWS[0]);
  await page.goto(`${console.url}docs`);
  await page.getByRole('button', { name: 'post /enqueue', exact: true }).click();
  await page.locator('.opblock.is-open .responses-table').waitFor();
  await shoot(page, 'docs-open');
  const found = (await seriousOn(page)).map((each) => /^[^>]+>/.exec(each)?.[0]);
  expect([...new Set(found)]).toEqual(['select-name: <select class="examples-select-element">']);
});
