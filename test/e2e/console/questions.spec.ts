/** Questions before what cannot be undone: nobody answers one that they did not ask for. */
import { useConsole } from './console-fixture';

const here = useConsole();

const button = (name: string) => here.visitor.page.getByRole('button', { name, exact: true });
const question = (title: string) => here.visitor.page.getByRole('heading', { name: title });

/** Enqueues a request that fails, and shows all requests. */
async function showFailed(): Promise<void> {
  here.console.targetAnswers(400);
  await here.visitor.ended(await here.visitor.delivery(here.console.target));
  await here.visitor.go('#/requests');
  await here.visitor.page.locator('a.request-row .failed').waitFor();
}

/** Holds the number of requests that a retry would be about. @returns lets it come */
async function holdRetry(): Promise<() => Promise<void>> {
  const { page } = here.visitor;
  const release = await here.visitor.hold('**/requests/retry', { times: 1 });
  return async () => {
    const answered = page.waitForResponse('**/requests/retry');
    release();
    await (await answered).finished();
  };
}

it('keeps a question when the number for another one comes', async () => {
  await showFailed();
  const releaseRetry = await holdRetry();
  await button('Retry all …').click();
  await button('Dismiss all …').click();
  await question('Dismiss 1 request?').waitFor();
  await releaseRetry();
  await here.visitor.page.locator('button[aria-disabled=false]', { hasText: 'Retry all …' }).waitFor();
  expect(await question('Dismiss 1 request?').count()).toBe(1);
  await button('Leave it').click();
  await here.visitor.page.locator('button[aria-disabled=false]', { hasText: 'Dismiss all …' }).waitFor();
});

it.each([
  ['a page that was left', '#/', '.queue-page .badge'],
  ['a filter that was changed', '#/requests?status=cancelled', 'p.empty'],
])('asks nothing about %s before its number came', async (_what, link, shows) => {
  await showFailed();
  const releaseRetry = await holdRetry();
  await button('Retry all …').click();
  await here.visitor.go(link);
  await here.visitor.page.locator(shows).waitFor();
  await releaseRetry();
  await here.visitor.page.evaluate('new Promise(requestAnimationFrame)');
  expect(await question('Retry 1 request?').count()).toBe(0);
});

it('asks about a filter that was typed just before', async () => {
  await showFailed();
  // Its pause does not end by itself.
  await here.visitor.reloadWithClock();
  await here.visitor.page.clock.pauseAt(Date.now() + 60_000);
  await here.visitor.page.getByLabel('Tag').fill('none');
  await button('Retry all …').click();
  await here.visitor.page.getByText('There is no failed request here.').waitFor();
});

it.each([
  ['is left', () => here.visitor.page.goBack(), 'Your queue'],
  ['is signed out', () => here.visitor.signOutElsewhere(), 'Sign in to Turnwise'],
  ['is another account’s', async () => here.visitor.switchTo(await here.console.signUp()), 'Requests'],
])('closes a question when its page %s', async (_way, leave, next) => {
  await showFailed();
  await button('Dismiss all …').click();
  await question('Dismiss 1 request?').waitFor();
  await leave();
  await here.visitor.page.getByRole('heading', { name: next }).waitFor();
  expect(await question('Dismiss 1 request?').count()).toBe(0);
});
