import { setTimeout as delay } from 'node:timers/promises';
import { pick } from '../support/seeded';
import type { Fleet } from './fleet';
import type { Rate } from './history';
import type { IsOver } from './loops';
import type { ChaosUser } from './user';
import type { Answer, HonestClient } from './honest-client';

/** The operator of the service: declares types, creates keys, and limits users. */
export class ChaosAdmin {
  private constructor(private readonly client: HonestClient) {}

  static async of(client: HonestClient, fleet: Fleet): Promise<ChaosAdmin> {
    await client.register();
    await fleet.command('promote', client.email);
    return new ChaosAdmin(client);
  }

  async declare(type: string): Promise<void> {
    await this.insist('PUT', `/admin/types/${type}`, { external: true });
  }

  /** Creates a client with a key of these scopes. */
  async key(...scopes: string[]): Promise<HonestClient> {
    const { body } = await this.insist('POST', '/auth/api-keys', { name: scopes.join(), scopes });
    return this.client.withKey(String(body['key']));
  }

  /** Changes how often a user's requests start; does nothing for a customer. */
  async limit(user: ChaosUser, rate: Rate | null): Promise<void> {
    if (user.account) return; // an erasure changes their ID
    const q = encodeURIComponent(user.client.email);
    const found = await this.client.call('GET', `/admin/users?q=${q}`);
    const [{ id } = {}] = (found?.status === 200 ? found.body['items'] : []) as { id?: string }[];
    if (id === undefined) return;
    const send = () => this.client.call('PUT', `/admin/users/${id}/limits`, { rate });
    await user.insist('limit', send, { rate });
  }

  /** Limits a user now and then, and lifts the limit again. */
  async keepLimiting(users: readonly ChaosUser[], isOver: IsOver): Promise<void> {
    const { random } = this.client;
    while (!isOver()) {
      await delay(random() * 2000);
      const limit = 1 + Math.floor(random() * 6);
      const rate = { limit, perMs: Math.round((0.5 + random()) * 150 * limit) };
      await this.limit(pick(random, users), random() < 0.7 ? rate : null);
    }
  }

  /** Repeats a call until it succeeds. */
  private async insist(method: string, path: string, body: object): Promise<Answer> {
    for (;;) {
      const answer = await this.client.call(method, path, body);
      if (answer && answer.status < 300) return answer;
      if (answer && answer.status < 500 && answer.status !== 429)
        throw new Error(`${method} ${path}: ${answer.status}`);
      await delay(50);
    }
  }
}
