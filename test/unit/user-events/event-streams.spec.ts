import type { ServerResponse } from 'node:http';
import { Shutdown } from '../../../src/common/process/shutdown';
import { EventBus } from '../../../src/events/event-bus';
import type { UserEvents } from '../../../src/queue/user-events.service';
import type { RedisConnection } from '../../../src/stores/redis/redis-connection';
import { EventStream } from '../../../src/user-events/event-stream';
import { EventStreams } from '../../../src/user-events/event-streams.service';
import { partOf } from '../../support/part-of';

it('reads no events for a client that has gone', async () => {
  let reads = 0;
  const userEvents = partOf<UserEvents>({
    listen: () => Promise.resolve({ reset: false, lastId: `${(reads += 1)}-0`, events: [] }),
  });
  const streams = new EventStreams(userEvents, partOf<RedisConnection>({}), new EventBus(), new Shutdown());
  const response: ServerResponse = partOf<ServerResponse>({ destroyed: true, once: () => response });
  await streams.follow('u', new EventStream(response, () => Promise.resolve(true)), undefined);
  expect(reads).toBe(0);
});
