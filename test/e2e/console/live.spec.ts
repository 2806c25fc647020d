/** The page follows the server, even if a connection is lost without an error. */
import { heldTarget } from '../../support/stub-target';
import { until } from '../../support/until';
import { useConsole } from './console-fixture';

const here = useConsole();

const live = () => here.visitor.page.getByText('Live');

/** Makes the page's clock adjustable. */
async function withClock(): Promise<void> {
  await here.visitor.page.clock.install();
  await here.visitor.page.reload();
}

it('repeats a failed read, even if there is no other event', async () => {
  const { page } = here.visitor;
  await live().waitFor();
  await page.route('**/queue', (route) => route.fulfill({ status: 503 }), { times: 1 });
  await here.visitor.call('POST', '/queue/pause');
  await page.getByText('The server answered 503.').waitFor();
  await page.locator('.badge', { hasText: 'Paused' }).waitFor();
  await page.getByText('The server answered 503.').waitFor({ state: 'detached' });
});

it('gives up a read that gets no answer, and repeats it', async () => {
  const { page } = here.visitor;
  await withClock();
  await live().waitFor();
  here.console.proxy.loseOne((asked) => asked.includes('GET /queue HTTP'));
  const asked = page.waitForRequest('**/queue');
  const id = await here.visitor.endless();
  await asked;
  await page.clock.fastForward(31_000);
  await page.locator('.running', { hasText: id.slice(-8) }).waitFor();
});

it('opens another stream if the first gets no answer', async () => {
  const { page } = here.visitor;
  here.console.proxy.loseOne((asked) => asked.includes('GET /events HTTP'));
  const asked = page.waitForRequest('**/events');
  await withClock();
  await asked;
  await page.clock.fastForward(31_000);
  await live().waitFor();
});

it('is no longer live when the stream falls silent, and is live again with the next one', async () => {
  const { page } = here.visitor;
  await withClock();
  await live().waitFor();
  here.console.proxy.silence();
  try {
    await page.clock.fastForward(41_000);
    await live().waitFor({ state: 'hidden' });
  } finally {
    here.console.proxy.mend();
  }
  await live().waitFor();
});

/** What the page gets of its stream from a proxy that holds back a part of it, or refuses it. */
const PARTS = {
  headers: 'new Promise(() => undefined)',
  body: 'new Response(new ReadableStream(), { headers: { "content-type": "text/event-stream" } })',
  connection: 'Promise.reject(new TypeError("Failed to fetch"))',
};

it.each(Object.entries(PARTS))('polls while a proxy holds back the stream: %s', async (_part, stream) => {
  const { page } = here.visitor;
  await page.addInitScript(`{
    const send = window.fetch;
    window.fetch = (request, more) => (request.url.endsWith('/events') ? ${stream} : send(request, more));
  }`);
  await page.reload();
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  expect(await page.locator('.connection').textContent()).toBe('Updates every few seconds');
  await here.visitor.call('POST', '/queue/pause');
  await page.locator('.badge', { hasText: 'Paused' }).waitFor();
});

it('asks again who is signed in if the first call fails', async () => {
  const { page } = here.visitor;
  await page.route('**/auth/me', (route) => route.abort(), { times: 1 });
  await page.reload();
  await here.visitor.go('#/account');
  await page.getByText(here.visitor.email).waitFor();
});

it("counts by the server's clock, not by the browser's", async () => {
  const { page } = here.visitor;
  await page.clock.install({ time: Date.now() + 3_600_000 });
  await page.reload();
  const id = await here.visitor.endless();
  await page.locator('.running', { hasText: id.slice(-8) }).waitFor();
  expect(await page.locator('.running header .number').textContent()).not.toMatch(/ h /);
});

it('shows that a callback is delivered, of which no stream tells', async () => {
  const { page } = here.visitor;
  const receiver = await heldTarget();
  const id = await here.visitor.enqueue({ type: 'echo', payload: 1, callbackUrl: receiver.url });
  await here.visitor.ended(id);
  await here.visitor.go(`#/requests/${id}`);
  await page.getByText('Being sent').waitFor();
  await until('the callback has arrived', () => receiver.calls.length > 0);
  receiver.release();
  await page.getByText('Delivered').waitFor();
  await receiver.close();
});
