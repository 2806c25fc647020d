/** While Redis is away, the page claims nothing that it cannot know. */
import { UsersService } from '../../../src/users/users.service';
import { useConsole } from './console-fixture';

const here = useConsole();

it('shows what is not known while Redis is away', async () => {
  const { page, email } = here.visitor;
  await here.console.app.app.get(UsersService, { strict: false }).setRole(email, 'admin');
  await page.getByText('What you send runs at once.').waitFor();
  await here.console.app.redis.kill();
  await page.reload();
  await page.getByRole('alert').first().waitFor();
  await page.getByText('Nothing is waiting.', { exact: true }).waitFor();
  await page.locator('.running', { hasText: 'not known now' }).waitFor();
  await here.visitor.go('#/admin');
  await page.getByText(/^\d+ closed shards: no queue there moves\.$/).waitFor();
  await page
    .getByRole('listitem')
    .filter({ hasText: /^\d+ closed$/ })
    .first()
    .waitFor();
  expect(await page.getByText('Every queue moves.').count()).toBe(0);
});
