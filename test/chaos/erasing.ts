import { setTimeout as delay } from 'node:timers/promises';
import type { ChaosUser } from './user';

/**
 * Erases a customer, who continues as another user, also for the checker. Earlier calls are answered first; calls that the
 * client has given up on may still be in progress. Does nothing for a user with an account.
 */
export async function eraseCustomer(user: ChaosUser): Promise<void> {
  const { account, name, customer } = user;
  if (!account) return;
  const path = `/customers/${customer}`;
  const verdict = await user.exclusively(async () => {
    const verdict = await user.insist('erase', () => account.call('DELETE', path), {});
    if (verdict === 'done') user.startAnew();
    return verdict;
  });
  while (verdict === 'done' && !user.client.isTooLate()) {
    const sentAt = performance.now();
    const answer = await account.call('GET', `${path}/erasure`);
    if (answer?.status === 200 && answer.body['status'] === 'erased') {
      const answeredAt = performance.now();
      user.decisions.push({ user: name, kind: 'erased', sentAt, answeredAt, verdict: 'done', tries: 1 });
      return;
    }
    await delay(100);
  }
}
