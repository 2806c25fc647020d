import { chromium, type Browser } from 'playwright-core';

/** Starts the Chromium that the global setup has found, without a window. */
export async function startBrowser(): Promise<Browser> {
  const { executablePath, env } = JSON.parse(process.env['TEST_CHROMIUM']!) as {
    executablePath: string;
    env: Record<string, string>;
  };
  const { PATH = '', HOME = '/tmp' } = process.env;
  return chromium.launch({
    executablePath,
    env: { PATH, HOME, ...env },
    // A test may run as root, and in a container whose /dev/shm is small.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
}
