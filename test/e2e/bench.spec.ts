/** The engine benchmark wires the built classes by hand, so it must change with them. */
import { join } from 'node:path';
import { openTurnwise } from '../../bench/engine/turnwise';
import { Workload } from '../../bench/engine/workload';
import { RedisServer } from '../support/redis-server';

it('the engine benchmark accepts and processes every request of every user in order', async () => {
  const redis = await RedisServer.start();
  const engine = await openTurnwise({
    dist: join(__dirname, '../../dist'),
    port: redis.port,
    concurrency: 4,
    shards: 2,
  });
  const workload = new Workload(3, 4);
  await workload.acceptAll(engine);
  // It rejects if a request comes twice or out of turn.
  await expect(workload.processAll(engine)).resolves.toBeUndefined();
  await engine.close();
  await redis.stop();
});
