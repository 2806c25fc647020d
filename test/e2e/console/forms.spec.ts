/** Forms, buttons and dialogs: a request is sent once, and the focus is not lost. */
import { useConsole } from './console-fixture';

const here = useConsole();

const button = (name: string) => here.visitor.page.getByRole('button', { name, exact: true });

it('enqueues one request if the form is sent again after its answer was lost', async () => {
  const { page } = here.visitor;
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
  expect((await here.visitor.call('GET', '/requests')).items).toHaveLength(1);
});

it('keeps the focus after an action and after a dialog', async () => {
  const { page } = here.visitor;
  await here.visitor.enqueue({ type: 'echo', payload: 1, delayMs: 86_400_000 });
  const focused = () => page.evaluate('document.activeElement.textContent');
  await button('Pause').press('Enter');
  await page.locator('.badge', { hasText: 'Paused' }).waitFor();
  expect(await focused()).toBe('Resume');
  await button('Cancel all waiting …').press('Enter');
  await button('Leave it').press('Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  expect(await focused()).toBe('Cancel all waiting …');
});
