import { UsersService } from '../../../src/users/users.service';
import { ConsoleFixture } from './console-fixture';

let console: ConsoleFixture;
beforeAll(async () => {
  console = await ConsoleFixture.start();
});
afterAll(() => console.stop());

it('the page leads an operator to a stuck queue, and cures it after a confirmation', async () => {
  const customer = await console.signUp();
  await customer.call('PATCH', '/queue', { onFailure: 'halt' });
  const culprit = await customer.delivery(console.target);
  await expect(customer.ended(culprit)).resolves.toBe('failed');
  const behind = await customer.enqueue({ type: 'echo', payload: 1 });

  const { page, email } = await console.signUp();
  expect(await page.getByRole('link', { name: 'Operator' }).count()).toBe(0);
  await console.app.app.get(UsersService, { strict: false }).setRole(email, 'admin');
  await page.reload();
  await page.getByRole('link', { name: 'Operator' }).click();
  const row = page.locator('.stuck', { hasText: customer.email });
  await row.getByText('Halted', { exact: true }).waitFor();

  await row.getByRole('link', { name: customer.email }).click();
  await page.getByRole('alert').getByText(culprit.slice(-8)).waitFor();
  expect(await page.getByRole('button', { name: 'Dismiss it' }).count()).toBe(0);
  await page.getByLabel('Act for this user').check();
  await page.getByRole('button', { name: 'Dismiss it' }).waitFor();

  await page.goBack();
  await row.getByRole('button', { name: 'What helps' }).click();
  await row.getByRole('button', { name: /Do it: Dismiss/ }).click();
  await expect(customer.ended(behind)).resolves.toBe('succeeded');
  await row.waitFor({ state: 'detached' });
});

it('names the user of the queue, not a customer whose id begins with theirs', async () => {
  const user = await console.signUp();
  const { id } = await user.call('GET', '/auth/me');
  const operator = await console.signUp();
  await console.app.app.get(UsersService, { strict: false }).setRole(operator.email, 'admin');
  const { key } = await operator.call('POST', '/auth/api-keys', { name: 'acts', scopes: ['act-as'] });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const accepted = await fetch(`${console.app.url}/enqueue`, {
    method: 'POST',
    headers: { ...headers, 'turnwise-user': `${id}-2` },
    body: JSON.stringify({ type: 'echo', payload: 1 }),
  });
  expect(accepted.status).toBe(202);
  await operator.go(`#/admin/users/${id}/`);
  await operator.page.locator('.as-operator strong', { hasText: user.email }).waitFor();
});
