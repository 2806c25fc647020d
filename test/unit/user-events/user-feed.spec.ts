import type { Heard } from '../../../src/queue/user-events.service';
import { UserFeed } from '../../../src/user-events/user-feed';

it('a feed keeps no listener that left while it waited to join', async () => {
  let answer: (heard: Heard) => void = () => undefined;
  const feed = new UserFeed(() => new Promise((resolve) => (answer = resolve)));
  const sent: string[] = [];
  const listener = { send: (text: string) => void sent.push(text) };
  const joined = feed.join(listener, undefined);
  await Promise.resolve();
  feed.leave(listener);
  answer({ reset: false, lastId: '1-0', events: [] });
  await joined;
  expect(feed.isEmpty).toBe(true);
  expect(sent).toEqual([]);
});
