import { RedisServer } from '../../support/redis-server';
import { ConsoleFixture } from './console-fixture';

const chromium = process.env['TEST_CHROMIUM'];
afterEach(() => {
  process.env['TEST_CHROMIUM'] = chromium;
});

it('ends the service if the browser does not start', async () => {
  process.env['TEST_CHROMIUM'] = JSON.stringify({ executablePath: '/nowhere', env: {} });
  const ended = jest.spyOn(RedisServer.prototype, 'stop');
  await expect(ConsoleFixture.start()).rejects.toThrow('/nowhere');
  expect(ended).toHaveBeenCalledTimes(1);
});
