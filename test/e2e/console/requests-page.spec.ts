import { until } from '../../support/until';
import { ConsoleFixture, Visitor } from './console-fixture';

let console: ConsoleFixture;
let visitor: Visitor;
beforeAll(async () => {
  console = await ConsoleFixture.start();
});
beforeEach(async () => {
  visitor = await console.signUp();
});
afterEach(() => visitor.page.context().close());
afterAll(() => console.stop());

const filter = () => new URLSearchParams(new URL(visitor.page.url()).hash.split('?')[1]);

it('applies each change of the filter, however fast they come', async () => {
  const { page } = visitor;
  await visitor.go('#/requests');
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

it('shows the filter that the link has, and goes to the search without changing it', async () => {
  const { page } = visitor;
  await visitor.go('#/requests');
  await page.getByLabel('Search').fill('needle');
  await until('it is applied', () => filter().get('q') === 'needle');
  await page.getByRole('link', { name: 'Requests', exact: true }).click();
  await until('the search is empty', async () => (await page.getByLabel('Search').inputValue()) === '');
  await visitor.go('#/requests?status=failed&q=other');
  await until('it is shown', async () => (await page.getByLabel('Search').inputValue()) === 'other');
  await page.locator('h1').click();
  await page.keyboard.press('/');
  await page.locator('#search:focus').waitFor();
  expect(Object.fromEntries(filter())).toEqual({ status: 'failed', q: 'other' });
});

it('reads again what has changed while other rows were looked at', async () => {
  const { page } = visitor;
  await visitor.call('POST', '/queue/pause');
  const ids: string[] = [];
  for (const length of [200, 250]) {
    const requests = Array.from({ length }, () => ({ type: 'echo', payload: 1 }));
    const { items } = await visitor.call('POST', '/enqueue/batch', { requests });
    ids.unshift(...items.map(({ id }: { id: string }) => id).reverse());
  }
  const [above = '', inView = ''] = [ids[210], ids[445]];
  const row = (id: string) => page.locator('a.request-row', { hasText: id.slice(-8) });
  await visitor.go('#/requests');
  await row(ids[0]!).waitFor();
  while ((await row(ids.at(-1)!).count()) === 0) {
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
    await page.evaluate('new Promise(requestAnimationFrame)');
  }
  for (const id of [above, inView]) await visitor.call('POST', `/requests/${id}/cancel`);
  await row(inView).locator('.cancelled').waitFor();
  await page.evaluate(
    `window.scrollBy(0, document.querySelector('.virtual-list').getBoundingClientRect().top + 200 * 40)`,
  );
  await row(above).locator('.cancelled').waitFor();
});
