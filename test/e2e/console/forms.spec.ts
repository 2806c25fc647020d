/** Forms, buttons and dialogs: a request is sent once, and the focus is not lost. */
import type { Request, Route } from 'playwright-core';
import { useConsole } from './console-fixture';

const CHOSEN = 'another horse battery';

const here = useConsole();

const button = (name: string) => here.visitor.page.getByRole('button', { name, exact: true });

/** Lets the next request arrive, and loses its answer. */
const loseAnswer = () =>
  here.visitor.page.route(
    '**/enqueue',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );

const untilExampleIsShown = () => here.visitor.page.getByText('Returns its payload').waitFor();

it.each(['the form', 'a new form'])(
  'enqueues one request if %s is sent after an answer was lost',
  async (form) => {
    const { page } = here.visitor;
    await loseAnswer();
    await button('New request').click();
    await untilExampleIsShown();
    await button('Send').click();
    await page.locator('dialog .mistake').waitFor();
    if (form === 'a new form') {
      await page.keyboard.press('Escape');
      await button('New request').click();
      await untilExampleIsShown();
    }
    await button('Send').click();
    await page.getByRole('status').getByRole('link').waitFor();
    expect((await here.visitor.call('GET', '/requests')).items).toHaveLength(1);
  },
);

it("sends the same request again if its type's example comes after an answer was lost", async () => {
  const { page } = here.visitor;
  const answerTypes = await here.visitor.hold('**/types');
  await loseAnswer();
  await button('New request').click();
  await button('Send').click();
  await page.locator('dialog .mistake').waitFor();
  answerTypes();
  await untilExampleIsShown();
  await button('Send').click();
  await page.getByRole('status').getByRole('link').waitFor();
  expect((await here.visitor.call('GET', '/requests')).items).toHaveLength(1);
});

it('gives up a request without an answer, so that it can be sent again', async () => {
  const { page } = here.visitor;
  await here.visitor.reloadWithClock();
  await page.route('**/enqueue', () => undefined, { times: 1 });
  await button('New request').click();
  const sent = page.waitForRequest('**/enqueue');
  await button('Send').click();
  await sent;
  await page.clock.fastForward(30_000);
  await button('Send').click();
  await page.getByRole('status').getByRole('link').waitFor();
});

it.each([
  ['register', '#/', 'Create account', { Email: 'quiet@example.com', Password: CHOSEN }],
  ['password/reset', '#reset-password=x', 'Set the password', { 'New password': CHOSEN }],
])('gives up a form without an answer, and keeps what is written: %s', async (path, link, submit, fields) => {
  const { page } = here.visitor;
  await here.visitor.signOutElsewhere();
  await here.visitor.go(link);
  await here.visitor.reloadWithClock();
  await page.route(`**/auth/${path}`, () => undefined);
  if (path === 'register') await button('Create an account').click();
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
  const sent = page.waitForRequest(`**/auth/${path}`);
  await button(submit).click();
  await sent;
  await page.clock.fastForward(30_000);
  await page.getByRole('alert').getByText('The server has not answered.').waitFor();
  for (const [label, text] of Object.entries(fields))
    expect(await page.getByLabel(label).inputValue()).toBe(text);
});

it('says that a change without an answer may have been made', async () => {
  const { page } = here.visitor;
  await page.route('**/queue/pause', (route) => route.abort());
  await button('Pause').click();
  await page.getByText('It may have done this').waitFor();
});

/** Holds the answer to the next request. @returns lets it come, with this status */
async function holdAnswer(): Promise<(status: number) => void> {
  let release: (status: number) => void = () => undefined;
  const isReleased = new Promise<number>((resolve) => (release = resolve));
  const body = JSON.stringify({ id: '01a21150-0000-7000-8000-000000000000' });
  const answer = async (route: Route) => route.fulfill({ status: await isReleased, body });
  await here.visitor.page.route('**/enqueue', answer, { times: 1 });
  return release;
}

it.each([
  ['acceptance', 202, 'Accepted'],
  ['error', 503, 'New request: The server answered 503.'],
])('keeps a second form at a late %s of the first one, and tells of it', async (_what, status, told) => {
  const { page } = here.visitor;
  const release = await holdAnswer();
  await button('New request').click();
  await button('Send').click();
  await page.locator('dialog form').getByRole('button', { name: 'Close' }).click();
  await button('New request').click();
  await page.getByLabel('Tags').fill('second');
  release(status);
  await page.getByText(told).waitFor();
  expect(await page.getByLabel('Tags').inputValue()).toBe('second');
});

it('keeps a form when text that is selected in it is released beside it', async () => {
  const { page } = here.visitor;
  const form = page.getByRole('dialog');
  await button('New request').click();
  await form.getByRole('heading').hover();
  await page.mouse.down();
  await page.mouse.move(5, 5);
  await page.mouse.up();
  await page.getByLabel('Tags').fill('kept');
  await page.mouse.click(5, 5);
  await form.waitFor({ state: 'detached' });
});

it('keeps a payload that somebody has written when its type changes', async () => {
  const { page } = here.visitor;
  await button('New request').click();
  const type = page.getByLabel('Type');
  const payload = page.getByLabel('Payload');
  await untilExampleIsShown();
  await payload.focus();
  await type.selectOption('sleep');
  expect(await payload.inputValue()).toContain('"ms"');
  await payload.fill('[1.10]');
  await type.selectOption('echo');
  expect(await payload.inputValue()).toBe('[1.10]');
});

it("keeps a payload that is being edited when its type's example comes late", async () => {
  const { page } = here.visitor;
  const answerTypes = await here.visitor.hold('**/types');
  await button('New request').click();
  const payload = page.getByLabel('Payload');
  await payload.press('ControlOrMeta+A');
  answerTypes();
  await untilExampleIsShown();
  await page.keyboard.insertText('[1.10]');
  expect(await payload.inputValue()).toBe('[1.10]');
});

it.each<[path: string, link: string, submit: string, fields: Record<string, string>]>([
  ['auth/api-keys', '#/account', 'Create a key', { 'Name of the new key': 'k' }],
  ['auth/password', '#/account', 'Change it', { 'Current password': CHOSEN, 'New password': CHOSEN }],
  ['auth/password/reset', '#reset-password=x', 'Set the password', { 'New password': CHOSEN }],
])('submits a form once if its button is double-clicked: %s', async (path, link, submit, fields) => {
  const { page } = here.visitor;
  const release = await here.visitor.hold(`**/${path}`);
  const isPost = (call: Request) => call.method() === 'POST' && call.url().endsWith(path);
  const posts: string[] = [];
  page.on('request', (call) => isPost(call) && posts.push(call.url()));
  await here.visitor.go(link);
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
  const answered = page.waitForResponse((answer) => isPost(answer.request()));
  await button(submit).dblclick();
  release();
  await answered;
  expect(posts).toHaveLength(1);
});

it.each(['Send again …', 'Copy as curl'])('sends a request again with all its settings: %s', async (way) => {
  const { page } = here.visitor;
  const given = {
    type: 'echo',
    payload: { of: 'the first' },
    tags: ['a, b', 'c'],
    maxAttempts: 7,
    timeoutMs: 1_234,
    backoff: { type: 'fixed', delayMs: 77, maxDelayMs: 88 },
    callbackUrl: here.console.target.url,
  };
  const id = await here.visitor.enqueue(given);
  await here.visitor.ended(id);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await here.visitor.go(`#/requests/${id}`);
  await button(way).click();
  if (way === 'Copy as curl') {
    await page.getByText('Copied.').waitFor();
    const command = await page.evaluate<string>('navigator.clipboard.readText()');
    await here.visitor.call('POST', '/enqueue', /-d '(.*)'/.exec(command)![1]);
  } else {
    await button('Send').click();
    await page.getByRole('status').getByRole('link').waitFor();
  }
  const { items } = await here.visitor.call('GET', '/requests');
  expect(items).toHaveLength(2);
  for (const each of items) {
    const { callback, ...request } = await here.visitor.call('GET', `/requests/${each.id}`);
    expect({ ...request, callbackUrl: callback?.url }).toMatchObject(given);
  }
});

it('offers no copy of a payload that is erased', async () => {
  const { page } = here.visitor;
  const id = await here.visitor.enqueue({ type: 'echo', payload: 1 });
  await here.visitor.ended(id);
  await here.visitor.call('DELETE', `/requests/${id}/data`);
  await here.visitor.go(`#/requests/${id}`);
  await page.getByText('Its data is erased.').waitFor();
  expect(await page.getByRole('button', { name: /^Copy/ }).count()).toBe(0);
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
