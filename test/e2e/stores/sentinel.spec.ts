/** The built program on a master that real sentinels choose. */
import { ApiUser, AppCluster } from '../../support/cluster';
import { RecordingTarget, violations } from '../../support/recording-target';
import { RedisSentinels } from '../../support/redis-sentinels';
import { until } from '../../support/until';

jest.setTimeout(300_000); // three failovers

const USERS = 5;
const EACH = 30;

it('the program follows the master through a death and two failovers, there and back', async () => {
  const redis = await RedisSentinels.start();
  const target = await RecordingTarget.start(() => 200, 5);
  const cluster = await AppCluster.start({ REDIS_URL: redis.url, HTTP_RATE_LIMIT: '0' });
  try {
    const apps = await Promise.all([cluster.process('all'), cluster.process('all')]);
    const users = await Promise.all(
      Array.from({ length: USERS }, (_, i) => ApiUser.register(apps[i % 2]!.url)),
    );
    let sent = 0;
    const enqueueAll = () => {
      const from = sent;
      sent += EACH;
      return Promise.all(
        users.map(async (by, user) => {
          for (let index = from; index < from + EACH; index++) {
            const body = { user: String(user), index };
            await by.enqueue({ type: 'http', payload: { url: target.url, body } });
          }
        }),
      );
    };
    const expectAll = async () => {
      const delivered = (user: number) => new Set(target.of(String(user)).map(({ index }) => index)).size;
      await until('all are delivered', () => users.every((_, user) => delivered(user) === sent));
      for (const user of users.keys())
        expect([user, violations(target.of(String(user)))]).toEqual([user, []]);
    };
    await enqueueAll();
    await expectAll();

    const during = enqueueAll();
    await redis.failOver();
    await during;
    await expectAll();

    const back = enqueueAll();
    await redis.failOver();
    await back;
    await expectAll();

    const master = await redis.master();
    const dying = enqueueAll();
    await master!.kill();
    await dying;
    await expectAll();
    expect(await redis.master()).not.toBe(master);
  } finally {
    await cluster.stop();
    await target.stop();
    await redis.stop();
  }
});
