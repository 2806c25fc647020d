import { until } from '../../support/until';
import { useConsole } from './console-fixture';

const here = useConsole();

const filter = () => new URLSearchParams(new URL(here.visitor.page.url()).hash.split('?')[1]);

it('applies every change of the filter, even if they follow at once', async () => {
  const { page } = here.visitor;
  await here.visitor.go('#/requests');
  await page.locator('#search').waitFor();
  await page.evaluate(`{
    const type = (input, text) => {
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    };
    type(document.getElementById('search'), 'needle');
    type([...document.querySelectorAll('.filter label')].find((label) => label.textContent === 'Tag').control, 'x');
    [...document.querySelectorAll('.chip')].find((chip) => chip.textContent === 'Failed').control.click();
  }`);
  await until('all are applied', () => [...filter().keys()].length === 3);
  expect(Object.fromEntries(filter())).toEqual({ q: 'needle', tag: 'x', status: 'failed' });
});

it('shows the filter of the link, and keeps it when / goes to the search', async () => {
  const { page } = here.visitor;
  await here.visitor.go('#/requests');
  await page.getByLabel('Search').fill('needle');
  await until('it is applied', () => filter().get('q') === 'needle');
  await page.getByRole('link', { name: 'Requests', exact: true }).click();
  await until('the search is empty', async () => (await page.getByLabel('Search').inputValue()) === '');
  await here.visitor.go('#/requests?status=failed&q=other');
  await until('it is shown', async () => (await page.getByLabel('Search').inputValue()) === 'other');
  await page.locator('h1').click();
  await page.keyboard.press('/');
  await page.locator('#search:focus').waitFor();
  expect(Object.fromEntries(filter())).toEqual({ status: 'failed', q: 'other' });
});

const row = (id: string) => here.visitor.page.locator('a.request-row', { hasText: id.slice(-8) });

/** Enqueues so many. @returns their ids, the newest first */
async function enqueued(length: number): Promise<string[]> {
  const requests = Array.from({ length }, () => ({ type: 'echo', payload: 1 }));
  const { items } = await here.visitor.call('POST', '/enqueue/batch', { requests });
  return items.map(({ id }: { id: string }) => id).reverse();
}

async function scrollTo(id: string): Promise<void> {
  while ((await row(id).count()) === 0) {
    await here.visitor.page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
    await here.visitor.page.evaluate('new Promise(requestAnimationFrame)');
  }
}

it('reads a page again when it comes back into view', async () => {
  const { page } = here.visitor;
  await here.visitor.call('POST', '/queue/pause');
  const older = await enqueued(200);
  const ids = [...(await enqueued(250)), ...older];
  const [above = '', inView = ''] = [ids[210], ids[445]];
  await here.visitor.go('#/requests');
  await row(ids[0]!).waitFor();
  await scrollTo(ids.at(-1)!);
  for (const id of [above, inView]) await here.visitor.call('POST', `/requests/${id}/cancel`);
  await row(inView).locator('.cancelled').waitFor();
  await page.evaluate(
    `window.scrollBy(0, document.querySelector('.virtual-list').getBoundingClientRect().top + 200 * 40)`,
  );
  await row(above).locator('.cancelled').waitFor();
});

it('reads one page at an event, even after hundreds of new requests', async () => {
  const { page } = here.visitor;
  await here.visitor.call('POST', '/queue/pause');
  const [first = '', ...rest] = await enqueued(250);
  await here.visitor.go('#/requests');
  await row(first).waitFor();
  await scrollTo(rest.at(-1)!);
  await page.evaluate('window.scrollTo(0, 0)');
  await enqueued(250);
  const [newest = ''] = await enqueued(250);
  await row(newest).waitFor();
  const followed: string[] = [];
  page.on('request', (request) => request.url().includes('cursor=') && followed.push(request.url()));
  await here.visitor.call('POST', `/requests/${newest}/cancel`);
  await row(newest).locator('.cancelled').waitFor();
  expect(followed).toEqual([]);
});

it('keeps the list when an earlier search is answered late', async () => {
  const { page } = here.visitor;
  const [id = ''] = await enqueued(1);
  await here.visitor.go('#/requests');
  await row(id).waitFor();
  const answerSearch = await here.visitor.hold('**/requests?*q=inv*');
  await page.getByLabel('Search').fill('inv');
  await page.getByText('Reading …').waitFor();
  await page.getByLabel('Search').fill('');
  await row(id).waitFor();
  const answered = page.waitForResponse('**/requests?*q=inv*');
  answerSearch();
  await (await answered).finished();
  await page.evaluate('new Promise(requestAnimationFrame)');
  await page.evaluate('new Promise(requestAnimationFrame)');
  expect(await row(id).count()).toBe(1);
});

it('takes a year that is typed digit by digit, in a zone whose offset was odd long ago', async () => {
  const context = await here.console.browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-US' });
  context.setDefaultTimeout(110_000);
  const { page } = await here.console.signUp(context);
  await page.evaluate('location.hash = "#/requests"');
  const from = page.getByLabel('From');
  await from.fill('2020-11-30T10:15');
  await from.focus();
  await page.keyboard.type('11302026');
  expect(await from.inputValue()).toBe('2026-11-30T10:15');
  await context.close();
});
