import { UsersService } from '../../../src/users/users.service';
import { ApiUser } from '../../support/cluster';
import { ConsoleFixture, type Visitor } from './console-fixture';

let console: ConsoleFixture;
beforeAll(async () => {
  console = await ConsoleFixture.start();
});
afterAll(() => console.stop());

/** Enqueues for a customer of the visitor. */
async function enqueueFor(visitor: Visitor, customerId: string): Promise<void> {
  const { key } = await visitor.call('POST', '/auth/api-keys', { name: 'acts', scopes: ['act-as'] });
  const company = ApiUser.withKey(console.app.url, key as string);
  await company.enqueue({ type: 'echo', payload: 1 }, { 'turnwise-user': customerId });
}

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
  await page.getByText(`This is about request ${culprit.slice(-8)} of ${customer.email}`).waitFor();
  await page.getByRole('button', { name: 'Leave it' }).click();
  expect(await customer.call('GET', `/requests/${culprit}`)).toMatchObject({ status: 'failed' });
  await row.getByRole('button', { name: /Do it: Dismiss/ }).click();
  await page.getByRole('button', { name: 'Do it now' }).click();
  await expect(customer.ended(behind)).resolves.toBe('succeeded');
  await row.waitFor({ state: 'detached' });
});

it('cancels nothing of a user before the operator has confirmed it', async () => {
  const customer = await console.signUp();
  const { id: user } = await customer.call('GET', '/auth/me');
  const id = await customer.enqueue({ type: 'echo', payload: 1, delayMs: 86_400_000 });
  const status = async () => (await customer.call('GET', `/requests/${id}`)).status as string;
  const operator = await console.signUp();
  await console.app.app.get(UsersService, { strict: false }).setRole(operator.email, 'admin');
  await operator.go(`#/admin/users/${user}/requests`);
  await operator.page.getByLabel('Act for this user').check();
  const button = (name: string) => operator.page.getByRole('button', { name, exact: true });
  await button('Cancel all …').click();
  await operator.page.getByRole('heading', { name: 'Cancel 1 request?' }).waitFor();
  await operator.page.getByText('All requests of this user: 1 pending.').waitFor();
  await button('Leave it').click();
  expect(await status()).toBe('scheduled');
  await button('Cancel all …').click();
  await button('Cancel 1 request').click();
  await expect(customer.ended(id)).resolves.toBe('cancelled');
});

it('names a customer with their account', async () => {
  const operator = await console.signUp();
  const { email, page } = operator;
  await console.app.app.get(UsersService, { strict: false }).setRole(email, 'admin');
  await enqueueFor(operator, 'same');
  await operator.go('#/admin');
  await page.getByLabel('Find a user').fill('same');
  const row = page.getByRole('listitem').filter({ hasText: `of ${email}` });
  await row.getByRole('link', { name: 'same' }).click();
  await page.locator('.as-operator', { hasText: `of ${email}` }).waitFor();
  await page.getByRole('heading', { name: `Queue of same of ${email}` }).waitFor();
});

it('names the user of the queue, not a customer whose id begins with theirs', async () => {
  const user = await console.signUp();
  const { id } = await user.call('GET', '/auth/me');
  const operator = await console.signUp();
  await console.app.app.get(UsersService, { strict: false }).setRole(operator.email, 'admin');
  await enqueueFor(operator, `${id}-2`);
  await operator.go(`#/admin/users/${id}/`);
  await operator.page.locator('.as-operator strong', { hasText: user.email }).waitFor();
});

it('keeps the last list of users until a search is answered, and says why it is not', async () => {
  const { page, email } = await console.signUp();
  await console.app.app.get(UsersService, { strict: false }).setRole(email, 'admin');
  await page.goto(`${console.url}#/admin`);
  const row = page.getByRole('region', { name: 'Users' }).getByText(email);
  const failure = page.getByText('The server cannot be reached right now.');
  await row.waitFor();
  await page.route('**/admin/users?*q=failing', (route) => route.abort());
  await page.route('**/admin/users?*q=slow', () => undefined);
  await page.getByLabel('Find a user').fill('failing');
  await failure.waitFor();
  expect(await row.count()).toBe(1);
  await page.getByLabel('Find a user').fill('slow');
  await failure.waitFor({ state: 'detached' });
  expect(await row.count()).toBe(1);
});
