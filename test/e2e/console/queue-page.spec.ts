import { until } from '../../support/until';
import { useConsole } from './console-fixture';

const here = useConsole();

const seen = (text: string | RegExp) => here.visitor.page.getByText(text).first().waitFor();
const press = (name: string | RegExp) => here.visitor.page.getByRole('button', { name, exact: true }).click();
const status = (word: string) => here.visitor.page.locator('.page-head .badge', { hasText: word }).waitFor();

it('the page leads a new user from sign-up to a result, and shows each number as it was written', async () => {
  const { page } = here.visitor;
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
  await here.visitor.page.getByLabel('Payload').fill('{"a": 1,}');
  await press('Send');
  await seen('Line 1 is not valid JSON.');
  await here.visitor.page.getByLabel('Type').selectOption('sleep');
  await here.visitor.page.getByLabel('Payload').fill('{"ms": "soon"}');
  await press('Send');
  await seen(/payload\.ms/);
  expect((await here.visitor.call('GET', '/requests')).items).toEqual([]);
});

it('the page shows changes by another session without a reload', async () => {
  const { page } = here.visitor;
  await seen('Live');
  const first = await here.visitor.endless();
  await page.locator('.running', { hasText: first.slice(-8) }).waitFor();
  const second = await here.visitor.enqueue({ type: 'echo', payload: 1 });
  await page
    .getByRole('listitem')
    .filter({ hasText: second.slice(-8) })
    .waitFor();
  await here.visitor.call('POST', '/queue/pause');
  await status('Paused');
});

it('a cancel of the running request starts the next one', async () => {
  const { page } = here.visitor;
  const running = await here.visitor.endless();
  const next = await here.visitor.endless();
  await page.locator('.running', { hasText: running.slice(-8) }).waitFor();
  await press('Cancel the running request');
  await press('Cancel it');
  await seen(`sleep ${running.slice(-8)} is cancelled.`);
  await page.locator('.running', { hasText: next.slice(-8) }).waitFor();
  await expect(here.visitor.ended(running)).resolves.toBe('cancelled');
});

it('a cancel is about the request of the click, even if the next one runs when it is confirmed', async () => {
  const { page } = here.visitor;
  const meant = await here.visitor.endless();
  const next = await here.visitor.endless();
  await page.locator('.running', { hasText: meant.slice(-8) }).waitFor();
  await press('Cancel the running request');
  await seen(`Cancel sleep ${meant.slice(-8)}?`);
  await here.visitor.call('POST', `/requests/${meant}/cancel`);
  await page.locator('.running', { hasText: next.slice(-8) }).waitFor();
  await press('Cancel it');
  await seen(`sleep ${meant.slice(-8)} is cancelled.`);
  const statusOfNext = async () => (await here.visitor.call('GET', `/requests/${next}`)).status as string;
  await until('the next one still runs', async () => (await statusOfNext()) === 'active');
});

it.each(['Cancel', 'Dismiss'])("asks before a request's own page does it: %s", async (verb) => {
  here.console.targetAnswers(400);
  const isPending = verb === 'Cancel';
  const id = await here.visitor.delivery(here.console.target, isPending ? { delayMs: 86_400_000 } : {});
  if (!isPending) await here.visitor.ended(id);
  const status = async () => (await here.visitor.call('GET', `/requests/${id}`)).status as string;
  const before = await status();
  await here.visitor.go(`#/requests/${id}`);
  await press(`${verb} …`);
  await press('Leave it');
  expect(await status()).toBe(before);
  await press(`${verb} …`);
  await press(`${verb} it`);
  await here.visitor.page.locator('.page-head .badge', { hasText: verb }).waitFor();
});

it('a request that waits for its next attempt is retried at once from its page', async () => {
  here.console.targetAnswers(500);
  const id = await here.visitor.delivery(here.console.target, {
    maxAttempts: 2,
    backoff: { type: 'fixed', delayMs: 3_600_000 },
  });
  await here.visitor.go(`#/requests/${id}`);
  await here.visitor.page.locator('.page-head .badge', { hasText: 'Retrying' }).waitFor();
  here.console.targetAnswers(200);
  await press('Retry now');
  await here.visitor.page.locator('.page-head .badge', { hasText: 'Succeeded' }).waitFor();
  await here.visitor.page.getByRole('button', { name: 'Retry now' }).waitFor({ state: 'hidden' });
});

it('the page pauses, resumes, and cancels all waiting requests after it has read their number again', async () => {
  const { page } = here.visitor;
  await press('Pause');
  await status('Paused');
  const ids = [await here.visitor.enqueue({ type: 'echo', payload: 1 })];
  await page.locator('dd', { hasText: /^1$/ }).waitFor();
  const answerQueue = await here.visitor.hold('**/queue');
  ids.push(await here.visitor.enqueue({ type: 'echo', payload: 2 }));
  await page.getByRole('listitem').nth(1).waitFor();
  await press('Cancel all waiting …');
  answerQueue();
  await seen('Cancel 2 waiting?');
  await press('Cancel them');
  for (const id of ids) await expect(here.visitor.ended(id)).resolves.toBe('cancelled');
  await press('Resume');
  await status('Idle');
});

it('keeps Pause busy until the page knows that the queue is paused', async () => {
  const { page } = here.visitor;
  const answerQueue = await here.visitor.hold('**/queue');
  const posts: string[] = [];
  page.on('request', (call) => call.method() === 'POST' && posts.push(new URL(call.url()).pathname));
  const paused = page.waitForResponse('**/queue/pause');
  await press('Pause');
  await (await paused).finished();
  await page.evaluate('new Promise(requestAnimationFrame)');
  await page.getByRole('button', { name: 'Pause', exact: true }).dispatchEvent('click');
  answerQueue();
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  expect(posts).toEqual(['/queue/pause']);
});

it('shows the chosen policy while it is being set', async () => {
  const { page } = here.visitor;
  let release: () => void = () => undefined;
  const isReleased = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/queue', async (route) => {
    if (route.request().method() === 'PATCH') await isReleased;
    await route.continue();
  });
  const policy = page.getByLabel('After a failure');
  await policy.selectOption('halt');
  await here.visitor.enqueue({ type: 'echo', payload: 1, delayMs: 86_400_000 });
  await page.locator('dd', { hasText: /^1$/ }).waitFor();
  expect(await policy.inputValue()).toBe('halt');
  release();
  await seen('After a failure: halt');
  expect(await policy.inputValue()).toBe('halt');
});

it('the page retries all matching requests, and no others', async () => {
  const { page } = here.visitor;
  here.console.targetAnswers(400);
  const tagged = [
    await here.visitor.delivery(here.console.target, { tags: ['x'] }),
    await here.visitor.delivery(here.console.target, { tags: ['x'] }),
  ];
  const other = await here.visitor.delivery(here.console.target);
  for (const id of [...tagged, other]) await expect(here.visitor.ended(id)).resolves.toBe('failed');
  here.console.targetAnswers(200);
  await here.visitor.go('#/requests?tag=x');
  await page.locator('a.request-row').nth(1).waitFor();
  await press('Retry all …');
  await seen('Retry 2 requests?');
  await press('Retry 2 requests');
  await page.locator('a.request-row .succeeded').nth(1).waitFor();
  expect((await here.visitor.call('GET', `/requests/${other}`)).status).toBe('failed');
});

it.each([
  ['Dismiss it …', 'dismissed', 400],
  ['Retry it', 'succeeded', 200],
])('the page names the request that halts the queue, and ends the halt by "%s"', async (way, end, answer) => {
  const { page } = here.visitor;
  here.console.targetAnswers(400);
  await page.getByLabel('After a failure').selectOption('halt');
  await seen(/After a failure: halt/);
  const culprit = await here.visitor.delivery(here.console.target);
  await expect(here.visitor.ended(culprit)).resolves.toBe('failed');
  const behind = await here.visitor.enqueue({ type: 'echo', payload: 1 });
  const banner = page.locator('.banner.bad');
  await banner
    .getByRole('alert')
    .getByRole('link', { name: culprit.slice(-8) })
    .waitFor();
  await banner.getByText('1 waits behind it.').waitFor();
  // What changes while it is halted is not read out again and again.
  expect(await banner.getByRole('alert').textContent()).not.toContain('behind it');
  here.console.targetAnswers(answer);
  await banner.getByRole('button', { name: way }).click();
  if (end === 'dismissed') await press('Dismiss it');
  await expect(here.visitor.ended(behind)).resolves.toBe('succeeded');
  await status('Idle');
  expect((await here.visitor.call('GET', `/requests/${culprit}`)).status).toBe(end);
});

it('shows a pause beside a halt, and resumes it', async () => {
  here.console.targetAnswers(400);
  await here.visitor.call('PATCH', '/queue', { onFailure: 'halt' });
  await here.visitor.ended(await here.visitor.delivery(here.console.target));
  await here.visitor.call('POST', '/queue/pause');
  await seen('Halted');
  await seen('Paused.');
  await press('Resume');
  await here.visitor.page.getByText('Paused.').waitFor({ state: 'detached' });
  await here.visitor.page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
});

it('the page draws the latest turns, and shows the result of the audit', async () => {
  for (let i = 0; i < 3; i++)
    await here.visitor.ended(await here.visitor.enqueue({ type: 'sleep', payload: { ms: 20 } }));
  const bars = here.visitor.page.locator('.strip rect.succeeded');
  await bars.nth(2).waitFor();
  const boxes = await Promise.all((await bars.all()).map((bar) => bar.boundingBox()));
  const sorted = boxes.map((box) => box!).sort((a, b) => a.y - b.y);
  for (const [i, box] of sorted.slice(1).entries()) expect(box.x).toBeGreaterThan(sorted[i]!.x);
  await seen('nothing overlaps, nothing overtakes');
});

it('the list of waiting requests shows each of hundreds once and in its place, with few rows in the DOM', async () => {
  const { page } = here.visitor;
  await here.visitor.call('POST', '/queue/pause');
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) {
    const requests = Array.from({ length: 100 }, () => ({ type: 'echo', payload: 1 }));
    const { items } = await here.visitor.call('POST', '/enqueue/batch', { requests });
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

it('a narrow page has the turns, scheduled and failed requests above the list, which has no end', async () => {
  const { page } = here.visitor;
  await page.setViewportSize({ width: 390, height: 844 });
  await here.visitor.call('POST', '/queue/pause');
  await here.visitor.enqueue({ type: 'echo', payload: 1, delayMs: 86_400_000 });
  await here.visitor.enqueue({ type: 'echo', payload: 2 });
  const scheduled = (await page.getByRole('region', { name: 'Scheduled' }).boundingBox())!;
  const row = (await page.getByRole('list', { name: 'Waiting' }).getByRole('listitem').boundingBox())!;
  expect(row.y).toBeGreaterThan(scheduled.y + scheduled.height);
});

it('the list of waiting requests reaches the last of 10,000, with few rows in the DOM', async () => {
  const { page } = here.visitor;
  const most = 10_000;
  await here.visitor.call('POST', '/queue/pause');
  const requests = Array.from({ length: 250 }, () => ({ type: 'echo', payload: 1 }));
  let last = '';
  for (let i = 0; i < most; i += requests.length)
    last = (await here.visitor.call('POST', '/enqueue/batch', { requests })).items.at(-1).id;
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
}, 300_000);
