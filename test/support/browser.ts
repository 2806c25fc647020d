import { chromium, type Browser } from 'playwright-core';

/** Chromium itself crashes at a start now and then: nothing of the page has run by then. */
const MOST_STARTS = 3;

/** Starts the Chromium that the global setup has found, without a window. */
export async function startBrowser(): Promise<Browser> {
  const { executablePath, env } = JSON.parse(process.env['TEST_CHROMIUM']!) as {
    executablePath: string;
    env: Record<string, string>;
  };
  const { PATH = '', HOME = '/tmp' } = process.env;
  for (let starts = 1; ; starts++)
    try {
      return await chromium.launch({
        executablePath,
        env: { PATH, HOME, ...env },
        // A test may run as root, and in a container whose /dev/shm is small.
        args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
      });
    } catch (error) {
      const hasCrashed = String(error).includes('signal=SIGSEGV');
      if (!hasCrashed || starts === MOST_STARTS) throw error;
    }
}
