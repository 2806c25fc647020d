import { useConsole } from './console-fixture';

const here = useConsole();

/** Invalidates the access token, as if fifteen minutes had passed. */
const expire = () =>
  here.visitor.page.evaluate(`{
    const stored = JSON.parse(localStorage.getItem('turnwise.session'));
    localStorage.setItem('turnwise.session', JSON.stringify({ ...stored, accessToken: stored.accessToken + 'x' }));
  }`);

it('the page says that the session has ended, and returns to the same place after a login', async () => {
  const { page } = here.visitor;
  await here.visitor.go('#/account');
  await page.getByText('This one').waitFor();
  await page.getByRole('button', { name: /^End the session of node, renewed / }).waitFor();
  const { items } = await here.visitor.call('GET', '/auth/sessions');
  for (const { id, current } of items)
    if (!current) await here.visitor.call('DELETE', `/auth/sessions/${id}`);
  await page.getByText('Your session has ended').waitFor();
  expect(await page.evaluate(`localStorage.getItem('turnwise.session')`)).toBeNull();
  await here.console.signIn(page, here.visitor.email);
  await page.getByRole('heading', { name: 'Account' }).waitFor();
});

it('a sign-up whose sign-in fails goes on as a sign-in', async () => {
  const page = await (await here.console.context()).newPage();
  await page.route('**/auth/login', (route) => route.abort(), { times: 1 });
  await page.goto(here.console.url);
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByLabel('Email').fill('newcomer@example.com');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Your queue' }).waitFor();
  await page.context().close();
});

it('the page says that the server is away, and catches up when it is back', async () => {
  const { page } = here.visitor;
  await page.getByText('Live').waitFor();
  here.console.proxy.cut();
  await page.getByText('Server away').waitFor();
  await page.getByText('The server cannot be reached right now.').first().waitFor();
  const id = await here.visitor.endless();
  here.console.proxy.mend();
  await page.locator('.running', { hasText: id.slice(-8) }).waitFor();
  await page.getByText('Live').waitFor();
  await page.getByText('The server cannot be reached right now.').first().waitFor({ state: 'detached' });
});

it('the page renews the session once for all tabs, and a duplicated tab stays signed in', async () => {
  const { page } = here.visitor;
  const refreshes: string[] = [];
  page
    .context()
    .on('request', (request) => request.url().endsWith('/auth/refresh') && refreshes.push(request.url()));
  await expire();
  const tabs = await Promise.all([1, 2, 3].map(() => page.context().newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(here.console.url)));
  for (const tab of tabs) await tab.locator('.queue-page .badge').waitFor();
  await page.reload();
  await page.locator('.queue-page .badge').waitFor();
  expect(refreshes).toHaveLength(1);
});

it('signing out signs out of all tabs at once', async () => {
  const { page } = here.visitor;
  const other = await page.context().newPage();
  await other.goto(here.console.url);
  await other.getByRole('heading', { name: 'Your queue' }).waitFor();
  await here.visitor.go('#/account');
  await page.getByRole('button', { name: 'Sign out' }).click();
  for (const tab of [page, other]) await tab.getByRole('heading', { name: 'Sign in to Turnwise' }).waitFor();
});

it('the page sends no calls while its tab is hidden', async () => {
  const { page } = here.visitor;
  await page.getByText('Live').waitFor();
  const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/events'));
  await here.visitor.hide(true);
  await ended;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const id = await here.visitor.endless();
  await here.visitor.call('GET', `/requests/${id}?wait=1`);
  expect(asked).toEqual([]);
  await here.visitor.hide(false);
  await page.locator('.running', { hasText: id.slice(-8) }).waitFor();
});

it('stays signed out while another tab renews the session', async () => {
  const { page } = here.visitor;
  const other = await page.context().newPage();
  let release: () => void = () => undefined;
  const signedOut = new Promise<void>((resolve) => (release = resolve));
  const renewed = new Promise<void>((resolve) => {
    void other.route('**/auth/refresh', async (route) => {
      const response = await route.fetch();
      resolve();
      await signedOut;
      await route.fulfill({ response });
    });
  });
  await here.visitor.go('#/account');
  await expire();
  await other.goto(here.console.url);
  await renewed;
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to Turnwise' }).waitFor();
  release();
  const kept = `navigator.locks.request('turnwise.session', () => localStorage.getItem('turnwise.session'))`;
  expect(await page.evaluate(kept)).toBeNull();
  await other.getByRole('heading', { name: 'Sign in to Turnwise' }).waitFor();
});

it('the page renews the session again after a renewal without an answer', async () => {
  const { page } = here.visitor;
  await expire();
  const asked = page.waitForRequest('**/auth/refresh');
  await page.route('**/auth/refresh', () => undefined, { times: 1 });
  await here.visitor.reloadWithClock();
  await asked;
  await page.clock.fastForward(5_000);
  await page.locator('.queue-page .badge').waitFor();
});

it('the session outlasts a renewal that a proxy refuses', async () => {
  const { page } = here.visitor;
  await expire();
  await page.route('**/auth/refresh', (route) => route.fulfill({ status: 403 }), { times: 1 });
  await page.reload();
  await page.locator('.queue-page .badge').waitFor();
});

it('a sign-out without an answer signs out of the page', async () => {
  const { page } = here.visitor;
  await page.route('**/auth/logout', () => undefined);
  await here.visitor.go('#/account');
  await here.visitor.reloadWithClock();
  const asked = page.waitForRequest('**/auth/logout');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await asked;
  await page.clock.fastForward(5_000);
  await page.getByRole('heading', { name: 'Sign in to Turnwise' }).waitFor();
});
