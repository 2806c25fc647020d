/** Notices at the foot of the page: nobody misses one. */
import { until } from '../../support/until';
import { useConsole } from './console-fixture';

const SHOWN_MS = 8_000;

const here = useConsole();

const button = (name: string) => here.visitor.page.getByRole('button', { name, exact: true });
const notice = (text: string) => here.visitor.page.locator('.notice', { hasText: text });

/** Stops the clock of the page, by which notices go: a stall takes nothing from their time. */
async function stopClock(): Promise<void> {
  const { page } = here.visitor;
  await here.visitor.reloadWithClock();
  await button('New request').waitFor();
  await page.clock.pauseAt((await page.evaluate<number>('Date.now()')) + 60_000);
}
/** Lets the stopped clock go on, frame by frame, until a notice is shown. */
const shown = (text: string) =>
  until(`the notice is shown: ${text}`, async () => {
    await here.visitor.page.clock.runFor(20);
    return (await notice(text).count()) === 1;
  });

it('keeps an error until it is closed', async () => {
  const { page } = here.visitor;
  await stopClock();
  await page.route('**/queue/pause', (route) => route.fulfill({ status: 503 }), { times: 1 });
  const error = notice('The server answered 503.');
  await button('Pause').click();
  await shown('The server answered 503.');
  await page.getByLabel('After a failure').selectOption('halt');
  await shown('After a failure: halt');
  await page.clock.fastForward(SHOWN_MS);
  await notice('After a failure: halt').waitFor({ state: 'detached' });
  expect(await error.count()).toBe(1);
  await error.getByRole('button', { name: 'Close' }).click();
  await error.waitFor({ state: 'detached' });
});

it('lets a long error scroll, beside its button', async () => {
  const { page } = here.visitor;
  const errors = Array.from({ length: 200 }, (_, i) => ({ pointer: `/${i}`, code: 'x', detail: 'is wrong' }));
  const json = { detail: 'Much is wrong.', errors };
  await page.route('**/queue/pause', (route) => route.fulfill({ status: 422, json }));
  await button('Pause').click();
  const error = notice('199: is wrong');
  await error.evaluate('(element) => element.scrollTo(0, element.scrollHeight)');
  const close = (await error.getByRole('button', { name: 'Close' }).boundingBox())!;
  const box = (await error.boundingBox())!;
  expect([close.y > box.y, close.y < box.y + box.height]).toEqual([true, true]);
  expect(box.height).toBeLessThan(page.viewportSize()!.height / 2);
});

it('says at once that an action has failed, also while the page reads again', async () => {
  const { page } = here.visitor;
  await here.visitor.hold('**/queue');
  await page.route('**/queue/pause', (route) => route.fulfill({ status: 503 }));
  await button('Pause').click();
  await notice('The server answered 503.').waitFor();
});

it.each([
  ['its tab is hidden', () => here.visitor.hide(true), () => here.visitor.hide(false)],
  ['the pointer is on it', () => notice('Accepted').hover(), () => here.visitor.page.locator('h1').hover()],
  ['it has the focus', () => here.visitor.page.keyboard.press('m'), () => button('New request').focus()],
])('keeps a notice while %s', async (_why, hold, release) => {
  const { page } = here.visitor;
  await stopClock();
  await button('New request').click();
  await button('Send').click();
  await shown('Accepted');
  await hold();
  await page.clock.fastForward(SHOWN_MS);
  expect(await notice('Accepted').count()).toBe(1);
  await release();
  await page.clock.fastForward(SHOWN_MS);
  await notice('Accepted').waitFor({ state: 'detached' });
});

it('opens the accepted request by the keyboard', async () => {
  const { page } = here.visitor;
  await stopClock();
  await page.keyboard.press('n');
  await button('Send').press('Enter');
  await shown('Accepted');
  await page.keyboard.press('m');
  await page.keyboard.press('Enter');
  await page.clock.resume();
  await page.locator('.page-head .badge', { hasText: 'Succeeded' }).waitFor();
});

it('closes a notice that comes while a dialog is open', async () => {
  const { page } = here.visitor;
  const release = await here.visitor.hold('**/queue/pause', {
    then: (route) => route.fulfill({ status: 503 }),
  });
  await button('Pause').click();
  await button('New request').click();
  await page.getByRole('dialog').waitFor();
  release();
  await notice('The server answered 503.').getByRole('button', { name: 'Close' }).click();
  await notice('The server answered 503.').waitFor({ state: 'detached' });
  await page.getByRole('dialog').waitFor();
});
