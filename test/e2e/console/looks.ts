/** How a page looks: what axe-core finds, and pictures of it for people. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** Where screenshots go, if anywhere. */
const SHOTS = process.env['CONSOLE_SCREENSHOTS'];

/** In which colours and sizes each page is looked at. */
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

/** What axe-core finds serious on a page, with some of the places. */
export async function seriousOn(page: Page): Promise<string[]> {
  const violations = await page.evaluate<Finding[]>(
    `(() => { ${AXE}; return axe.run().then(({ violations }) => violations) })()`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 12).map(({ html }) => `${id}: ${html}`));
}

/** Takes a picture, if they are wanted. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

export async function show(page: Page, [view, size]: View): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: view === 'dark' ? 'dark' : 'light' });
}

/** What is wrong with the look of a page: what axe-core finds, and whether it scrolls sideways. */
export async function faultsOf(page: Page): Promise<string[]> {
  const isWide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  return [...(await seriousOn(page)), ...(isWide ? ['it scrolls sideways'] : [])];
}
