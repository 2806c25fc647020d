/** What is sent is sent once. */
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

const button = (name: string) => visitor.page.getByRole('button', { name, exact: true });

it('sends one request when it is sent again because its answer was lost', async () => {
  const { page } = visitor;
  await page.route(
    '**/enqueue',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await button('New request').click();
  await button('Send').click();
  await page.locator('dialog .mistake').waitFor();
  await button('Send').click();
  await page.getByRole('status').getByRole('link').waitFor();
  expect((await visitor.call('GET', '/requests')).items).toHaveLength(1);
});
