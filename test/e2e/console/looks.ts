/** The look of a page: findings of axe-core, and screenshots for people. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** The folder for screenshots, if they are wanted. */
const SHOTS = process.env['CONSOLE_SCREENSHOTS'];

/** The colour schemes and sizes in which each page is checked. */
export const VIEWS = [
  ['light', { width: 1280, height: 800 }],
  ['dark', { width: 1280, height: 800 }],
  ['narrow', { width: 390, height: 844 }],
] as const;
type View = readonly [(typeof VIEWS)[number][0], (typeof VIEWS)[number][1]];

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: { readonly html: string }[];
}

/** The serious findings of axe-core on a page, with some of their elements. */
export async function seriousOn(page: Page): Promise<string[]> {
  const violations = await page.evaluate<Finding[]>(
    `(() => { ${AXE}; return axe.run().then(({ violations }) => violations) })()`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 12).map(({ html }) => `${id}: ${html}`));
}

/** Takes a screenshot, if they are wanted. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

export async function show(page: Page, [view, size]: View): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: view === 'dark' ? 'dark' : 'light' });
}

/** The faults in the look of a page: findings of axe-core, and horizontal scrolling. */
export async function faultsOf(page: Page): Promise<string[]> {
  return [...(await seriousOn(page)), ...((await scrollsSideways(page)) ? ['it scrolls sideways'] : [])];
}

/** Whether the page, or a dialog over it, is wider than what it is shown in. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(
    `[document.documentElement, ...document.querySelectorAll('dialog')]
      .some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)`,
  );
