import { ConsoleFixture, Visitor } from './console-fixture';

let console: ConsoleFixture;
let visitor: Visitor;
beforeAll(async () => {
  console = await ConsoleFixture.start();
});
beforeEach(async () => {
  visitor = await console.signUp();
});
afterEach(() => visitor.page.context().close());
afterAll(() => console.stop());

const seen = (text: string | RegExp) => visitor.page.getByText(text).first().waitFor();
const press = (name: string | RegExp) => visitor.page.getByRole('button', { name, exact: true }).click();
const status = (word: string) => visitor.page.locator('.page-head .badge', { hasText: word }).waitFor();

it('the page leads a new user from sign-up to a result, and shows each number as it was written', async () => {
  const { page } = visitor;
  await press('New request');
  await page.getByLabel('Payload').fill('{"price": 1.10, "big": 12345678901234567890}');
  await page.getByLabel('Tags').fill('first, try');
  await press('Send');
  await page.getByRole('status').getByRole('link').click();
  await status('Succeeded');
  for (const label of ['Payload', 'Result']) {
    const text = (await page.locator(`pre[aria-label=${label}]`).textContent()) ?? '';
    expect(text).toContain('"price": 1.10');
    expect(text).toContain('"big": 12345678901234567890');
  }
  await page.getByRole('link', { name: 'try', exact: true }).click();
  await page.locator('a.request-row').waitFor();
});

it('the form says what is wrong with a payload, and sends nothing', async () => {
  await press('New request');
  await visitor.page.getByLabel('Payload').fill('{"a": 1,}');
  await press('Send');
  await seen('Line 1 is not valid JSON.');
  await visitor.page.getByLabel('Type').selectOption('sleep');
  await visitor.page.getByLabel('Payload').fill('{"ms": "soon"}');
  await press('Send');
  await seen(/payload\.ms/);
  expect((await visitor.call('GET', '/requests')).items).toEqual([]);
});

it('the page shows changes by another session without a reload', async () => {
  const { page } = visitor;
  await seen('Live');
  const first = await visitor.endless();
  await page.locator('.running', { hasText: first.slice(-8) }).waitFor();
  const second = await visitor.enqueue({ type: 'echo', payload: 1 });
  await page
    .getByRole('listitem')
    .filter({ hasText: second.slice(-8) })
    .waitFor();
  await visitor.call('POST', '/queue/pause');
  await status('Paused');
});

it('a cancel of the running request starts the next one', async () => {
  const { page } = visitor;
  const running = await visitor.endless();
  const next = await visitor.endless();
  await page.locator('.running', { hasText: running.slice(-8) }).waitFor();
  await press('Cancel the running request');
  await page.locator('.running', { hasText: next.slice(-8) }).waitFor();
  await expect(visitor.ended(running)).resolves.toBe('cancelled');
});

it('the page pauses, resumes, and cancels all waiting requests after it has shown their number', async () => {
  const { page } = visitor;
  await press('Pause');
  await status('Paused');
  const ids = [
    await visitor.enqueue({ type: 'echo', payload: 1 }),
    await visitor.enqueue({ type: 'echo', payload: 2 }),
  ];
  await page.getByRole('listitem').nth(1).waitFor();
  await press('Cancel all waiting …');
  await seen('Cancel 2 waiting?');
  await press('Cancel them');
  for (const id of ids) await expect(visitor.ended(id)).resolves.toBe('cancelled');
  await press('Resume');
  await status('Idle');
});

it('the page retries all matching requests, and no others', async () => {
  const { page } = visitor;
  console.targetAnswers(400);
  const tagged = [
    await visitor.delivery(console.target, { tags: ['x'] }),
    await visitor.delivery(console.target, { tags: ['x'] }),
  ];
  const other = await visitor.delivery(console.target);
  for (const id of [...tagged, other]) await expect(visitor.ended(id)).resolves.toBe('failed');
  console.targetAnswers(200);
  await visitor.go('#/requests?tag=x');
  await page.locator('a.request-row').nth(1).waitFor();
  await press('Retry all …');
  await seen('Retry 2 requests?');
  await press('Retry 2 requests');
  await page.locator('a.request-row .succeeded').nth(1).waitFor();
  expect((await visitor.call('GET', `/requests/${other}`)).status).toBe('failed');
});

it.each([
  ['Dismiss it, go on', 'dismissed', 400],
  ['Retry it', 'succeeded', 200],
])('the page names the request that halts the queue, and ends the halt by "%s"', async (way, end, answer) => {
  const { page } = visitor;
  console.targetAnswers(400);
  await page.getByLabel('After a failure').selectOption('halt');
  await seen(/After a failure: halt/);
  const culprit = await visitor.delivery(console.target);
  await expect(visitor.ended(culprit)).resolves.toBe('failed');
  const behind = await visitor.enqueue({ type: 'echo', payload: 1 });
  const banner = page.getByRole('alert');
  await banner.getByRole('link', { name: culprit.slice(-8) }).waitFor();
  await banner.getByText('1 behind it wait').waitFor();
  console.targetAnswers(answer);
  await banner.getByRole('button', { name: way }).click();
  await expect(visitor.ended(behind)).resolves.toBe('succeeded');
  await status('Idle');
  expect((await visitor.call('GET', `/requests/${culprit}`)).status).toBe(end);
});

it('shows a pause beside a halt, and resumes it', async () => {
  console.targetAnswers(400);
  await visitor.call('PATCH', '/queue', { onFailure: 'halt' });
  await visitor.ended(await visitor.delivery(console.target));
  await visitor.call('POST', '/queue/pause');
  await seen('Halted');
  await seen('Paused.');
  await press('Resume');
  await visitor.page.getByText('Paused.').waitFor({ state: 'detached' });
  await visitor.page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
});

it('the page draws the latest turns, and shows the result of the audit', async () => {
  for (let i = 0; i < 3; i++)
    await visitor.ended(await visitor.enqueue({ type: 'sleep', payload: { ms: 20 } }));
  const bars = visitor.page.locator('.strip rect.succeeded');
  await bars.nth(2).waitFor();
  const boxes = await Promise.all((await bars.all()).map((bar) => bar.boundingBox()));
  const sorted = boxes.map((box) => box!).sort((a, b) => a.y - b.y);
  for (const [i, box] of sorted.slice(1).entries()) expect(box.x).toBeGreaterThan(sorted[i]!.x);
  await seen('nothing overlaps, nothing overtakes');
});

it('the list of waiting requests shows each of hundreds once and in its place, with few rows in the DOM', async () => {
  const { page } = visitor;
  await visitor.call('POST', '/queue/pause');
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) {
    const requests = Array.from({ length: 100 }, () => ({ type: 'echo', payload: 1 }));
    const { items } = await visitor.call('POST', '/enqueue/batch', { requests });
    ids.push(...items.map(({ id }: { id: string }) => id));
  }
  await page.getByRole('list', { name: 'Waiting' }).getByRole('listitem').first().waitFor();
  const seenIds = new Map<number, string>();
  while (seenIds.size < ids.length) {
    const rows = await page.evaluate<[place: string, id: string][]>(
      `[...document.querySelectorAll('.virtual-list > div')]
        .map((row) => [row.getAttribute('aria-posinset'), row.querySelector('.row-id').textContent])`,
    );
    expect(rows.length).toBeLessThan(100);
    for (const [place, id] of rows) seenIds.set(Number(place), id);
    // From the top again after the end: rows that were scrolled past too fast were not drawn.
    await page.evaluate(
      `window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1
        ? window.scrollTo(0, 0)
        : window.scrollBy(0, 600)`,
    );
    await page.evaluate('new Promise(requestAnimationFrame)');
  }
  expect(ids.map((_id, i) => seenIds.get(i + 1))).toEqual(ids.map((id) => id.slice(-8)));
});

it('the list of waiting requests reaches the last of 10,000, with few rows in the DOM', async () => {
  const { page } = visitor;
  const most = 10_000;
  await visitor.call('POST', '/queue/pause');
  const requests = Array.from({ length: 250 }, () => ({ type: 'echo', payload: 1 }));
  let last = '';
  for (let i = 0; i < most; i += requests.length)
    last = (await visitor.call('POST', '/enqueue/batch', { requests })).items.at(-1).id;
  await page
    .locator('section[aria-labelledby=line] header')
    .getByText(most.toLocaleString('en'), { exact: true })
    .waitFor();
  const rows = page.locator('.virtual-list > div');
  const end = page.locator(`.virtual-list > [aria-posinset="${most}"]`, { hasText: last.slice(-8) });
  while ((await end.count()) === 0) {
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
    await page.evaluate('new Promise(requestAnimationFrame)');
    expect(await rows.count()).toBeLessThan(100);
  }
  await page.evaluate('window.scrollTo(0, 0)');
  await page.locator('.virtual-list > [aria-posinset="1"]').waitFor();
  expect(await rows.count()).toBeLessThan(100);
});
