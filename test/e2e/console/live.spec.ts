/** What the page shows follows the server, whatever becomes of a connection. */
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

const live = () => visitor.page.getByText('Live');

/** From now on the page's clock can be put forward. */
async function withClock(): Promise<void> {
  await visitor.page.clock.install();
  await visitor.page.reload();
}

it('reads again what it could not read, though nothing else happens', async () => {
  const { page } = visitor;
  await live().waitFor();
  await page.route('**/queue', (route) => route.fulfill({ status: 503 }), { times: 1 });
  await visitor.call('POST', '/queue/pause');
  await page.getByText('The server answered 503.').waitFor();
  await page.locator('.badge', { hasText: 'Paused' }).waitFor();
  expect(await page.getByText('The server answered 503.').count()).toBe(0);
});

it('gives up a read of which nothing comes back, and reads again', async () => {
  const { page } = visitor;
  await withClock();
  await live().waitFor();
  console.proxy.loseOne((asked) => asked.includes('GET /queue HTTP'));
  const asked = page.waitForRequest('**/queue');
  const id = await visitor.endless();
  await asked;
  await page.clock.fastForward(31_000);
  await page.locator('.running', { hasText: id.slice(-8) }).waitFor();
});

it('asks for another stream if the answer to the first does not come', async () => {
  const { page } = visitor;
  console.proxy.loseOne((asked) => asked.includes('GET /events HTTP'));
  const asked = page.waitForRequest('**/events');
  await withClock();
  await asked;
  await page.clock.fastForward(31_000);
  await live().waitFor();
});

it('says that it is not live any more when the stream falls silent, and is again with the next one', async () => {
  const { page } = visitor;
  await withClock();
  await live().waitFor();
  console.proxy.silence();
  await page.clock.fastForward(41_000);
  await live().waitFor({ state: 'hidden' });
  console.proxy.mend();
  await live().waitFor();
});

it('asks again who is signed in if that could not be read', async () => {
  const { page } = visitor;
  await page.route('**/auth/me', (route) => route.abort(), { times: 1 });
  await page.reload();
  await visitor.go('#/account');
  await page.getByText(visitor.email).waitFor();
});
