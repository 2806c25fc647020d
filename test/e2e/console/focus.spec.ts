/** Where a keyboard and a screen reader start on a page. */
import { useConsole } from './console-fixture';

const here = useConsole();

it('moves the focus to the heading of a page that replaces another one, and not at the first load', async () => {
  const { page } = here.visitor;
  const id = await here.visitor.enqueue({ type: 'echo', payload: 1 });
  await page.setViewportSize({ width: 1280, height: 240 });
  await page.reload();
  await page.locator('.page-head .badge').waitFor();
  expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY');
  for (const [link, heading, shows] of [
    [`#/requests/${id}`, 'echo', '.page-head .badge'],
    ['#/account', 'Account', '.plain-list li'],
    ['#/requests', 'Requests', 'a.request-row'],
    ['#/', 'Your queue', '.page-head .badge'],
  ] as const) {
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
    await here.visitor.go(link);
    await page.locator(shows).first().waitFor();
    const box = (await page.locator('h1:focus', { hasText: heading }).boundingBox())!;
    const bar = (await page.locator('.bar').boundingBox())!;
    expect([heading, box.y >= bar.y + bar.height]).toEqual([heading, true]);
  }
  await here.visitor.signOutElsewhere();
  await page.locator('h1:focus', { hasText: 'Sign in to Turnwise' }).waitFor();
});
