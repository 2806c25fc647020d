/** Several accounts in one tab: what belongs to one is neither shown to another nor done as another. */
import type { Route } from 'playwright-core';
import { useConsole, type Visitor } from './console-fixture';

const here = useConsole();
let other: Visitor;
beforeEach(async () => {
  other = await here.console.signUp();
});
afterEach(() => other.page.context().close());

const button = (name: string) => here.visitor.page.getByRole('button', { name, exact: true });

/** Waits until the account page is that of this visitor. */
async function seeAccountOf({ email }: Visitor): Promise<void> {
  await here.visitor.go('#/account');
  await here.visitor.page.locator('.page-head').getByText(email).waitFor();
}

async function signInAgainAs({ email }: Visitor): Promise<void> {
  await here.visitor.signOutElsewhere();
  await here.console.signIn(here.visitor.page, email);
}

/** The ways from one account to another. */
const WAYS: [way: string, leave: () => Promise<void>][] = [
  ['a sign-out', () => signInAgainAs(other)],
  ['a switch in another tab', () => here.visitor.switchTo(other)],
];

it.each(['before', 'after'])(
  'keeps what is written in a form for its account when the session ends, also %s the account is read',
  async (when) => {
    const { page } = here.visitor;
    const answer = when === 'before' && (await here.visitor.hold('**/auth/me'));
    if (answer) await page.reload();
    await button('New request').click();
    await page.getByLabel('Payload').fill('[1.10]');
    if (answer) answer();
    await signInAgainAs(other);
    await seeAccountOf(other);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await signInAgainAs(here.visitor);
    expect(await page.getByLabel('Payload').inputValue()).toBe('[1.10]');
  },
);

it('keeps a key that is shown once until it is put away or its account signs out', async () => {
  const { page } = here.visitor;
  const key = page.getByText('It is shown this once');
  const make = async (name: string) => {
    await page.getByLabel('Name of the new key').fill(name);
    await button('Create a key').click();
    await page.getByText(`This is the key ${name}`).waitFor();
  };
  await here.visitor.go('#/account');
  await make('first');
  await page.keyboard.press('q');
  await page.getByRole('heading', { name: 'Your queue' }).waitFor();
  await here.visitor.go('#/account');
  await key.waitFor();
  await button('Done').click();
  await key.waitFor({ state: 'detached' });
  await make('second');
  await signInAgainAs(here.visitor);
  await page.getByRole('listitem').filter({ hasText: 'second' }).waitFor();
  expect(await key.count()).toBe(0);
});

/** Waits for the answer to a call, and until the page has drawn what comes of it. */
async function untilAnswered(url: string, release: () => void): Promise<void> {
  const answered = here.visitor.page.waitForResponse(url);
  release();
  await (await answered).finished();
  await here.visitor.page.evaluate('new Promise(requestAnimationFrame)');
}

it.each(WAYS)('shows a secret to no other account if its answer comes after %s', async (_way, leave) => {
  const { page } = here.visitor;
  await seeAccountOf(here.visitor);
  await page.getByLabel('Name of the new key').fill('late');
  const held: [url: string, release: () => void][] = [];
  for (const [url, ask] of [
    ['**/auth/api-keys', 'Create a key'],
    ['**/webhooks/secret', 'Show it'],
  ] as const) {
    held.push([url, await here.visitor.hold(url)]);
    const asked = page.waitForRequest(url);
    await button(ask).click();
    await asked;
  }
  await leave();
  await seeAccountOf(other);
  for (const [url, release] of held) await untilAnswered(url, release);
  expect(await page.locator('main code').allTextContents()).toEqual([]);
});

it.each(WAYS)('shows an error to no other account after %s', async (_way, leave) => {
  const { page } = here.visitor;
  const notices = page.locator('.notice');
  const url = '**/queue/pause';
  const refused = { then: (route: Route) => route.fulfill({ status: 503 }), times: 1 };
  (await here.visitor.hold(url, refused))();
  await button('Pause').click();
  await notices.waitFor();
  const release = await here.visitor.hold(url, refused);
  const asked = page.waitForRequest(url);
  await page.locator('button[aria-disabled=false]', { hasText: /^Pause$/ }).click();
  await asked;
  await leave();
  await seeAccountOf(other);
  expect(await notices.count()).toBe(0);
  await untilAnswered(url, release);
  expect(await notices.count()).toBe(0);
});

it('shows nothing that was read for the account before', async () => {
  const { page } = here.visitor;
  await seeAccountOf(here.visitor);
  await button('Show it').click();
  await page.locator('main code').waitFor();
  await here.visitor.switchTo(other);
  await seeAccountOf(other);
  expect(await page.locator('main code').allTextContents()).toEqual([]);
});

it('does nothing as another account if the session has ended and another tab has signed in', async () => {
  const { page } = here.visitor;
  await button('Pause').waitFor();
  // At once, so that the page gets no event about the other session before it needs it.
  await page.evaluate(`{
    const stored = JSON.parse(localStorage.getItem('turnwise.session'));
    localStorage.setItem('turnwise.session', JSON.stringify({ ...stored, accessToken: stored.accessToken + 'x' }));
    dispatchEvent(new StorageEvent('storage'));
    ${await other.taking()};
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Pause').click();
  }`);
  await seeAccountOf(other);
  await page.getByText('This one').waitFor();
  expect(await other.call('GET', '/queue')).toMatchObject({ stoppedBy: [] });
});
