import { Run } from '../../scripts/lib/run';

/** Reads a variable that global-setup.js has set. */
export function testVariable(name: 'TEST_RUN_FOLDER' | 'TEST_REDIS_BINARY' | 'TEST_MONGODB_URI'): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: end-to-end tests run by test/support/global-setup.js`);
  return value;
}

/** The Jest run that this process belongs to. It ends everything that a test leaves behind. */
export const testRun = () => new Run(testVariable('TEST_RUN_FOLDER'));
