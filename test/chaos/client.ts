import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiUser } from '../support/cluster';
import type { ClientRequest, UserHistory } from './history';

/** What a client is told. */
export interface ClientSettings {
  readonly user: string;
  /** Where its requests are delivered. */
  readonly target: string;
  readonly random: () => number;
  readonly isOver: () => boolean;
}

type Sent = { -readonly [K in keyof ClientRequest]: ClientRequest[K] };

/**
 * An honest client of one user: enqueues one by one and in batches, for now and for later, some of it wrong; cancels,
 * pauses and resumes. Whatever is not answered, or with a 5xx, is sent again.
 */
export class ChaosClient {
  readonly requests: Sent[] = [];
  readonly pauses: { from: number; to: number }[] = [];
  private next = 0;

  constructor(
    private readonly api: ApiUser,
    private readonly settings: ClientSettings,
  ) {}

  async run(): Promise<void> {
    const { random, isOver } = this.settings;
    while (!isOver()) {
      await this.act(random());
      await delay(random() * 150);
    }
  }

  /** @param statusOf reads what a request is at the end */
  async history(calls: UserHistory['calls']): Promise<UserHistory> {
    for (const request of this.requests) {
      if (request.id === undefined) continue;
      request.status = (await this.api.get<{ status: string }>(`/requests/${request.id}`)).status;
    }
    return { requests: this.requests, pauses: this.pauses, calls };
  }

  private act(drawn: number): Promise<void> {
    if (drawn < 0.04) return this.pause();
    if (drawn < 0.1) return this.enqueueBatch();
    if (drawn < 0.16) return this.enqueue({ delayMs: Math.ceil(this.settings.random() * 400) });
    if (drawn < 0.2) return this.enqueue({ maxAttempts: 0 }); // refused
    if (drawn < 0.26) return this.enqueueAndCancel();
    return this.enqueue();
  }

  private body(more: object): { readonly index: number; readonly request: object } {
    const { user, target } = this.settings;
    const index = this.next++;
    const payload = { url: target, body: { user, index } };
    return { index, request: { type: 'http', payload, backoff: { type: 'fixed', delayMs: 50 }, ...more } };
  }

  private async enqueue(more: { delayMs?: number; maxAttempts?: number } = {}): Promise<void> {
    const { index, request } = this.body(more);
    const { status, body } = await this.insist<{ id: string; seq: number }>('/enqueue', request);
    const isScheduled = more.delayMs !== undefined;
    if (status === 202)
      this.requests.push({ index, answer: 'accepted', id: body.id, seq: body.seq, isScheduled });
    else this.requests.push({ index, answer: 'refused' });
  }

  private async enqueueBatch(): Promise<void> {
    const items = Array.from({ length: 3 }, () => this.body({}));
    const requests = items.map(({ request }) => request);
    type Accepted = { items: { id: string; seq: number }[] };
    const { status, body } = await this.insist<Accepted>('/enqueue/batch', { requests });
    for (const [i, { index }] of items.entries()) {
      const accepted = status === 202 ? body.items[i] : undefined;
      if (accepted) this.requests.push({ index, answer: 'accepted', id: accepted.id, seq: accepted.seq });
      else this.requests.push({ index, answer: 'refused' });
    }
  }

  private async enqueueAndCancel(): Promise<void> {
    await this.enqueue();
    const newest = this.requests.at(-1);
    if (newest?.id === undefined) return;
    const { status } = await this.insist(`/requests/${newest.id}/cancel`);
    if (status === 200) newest.cancelledAt = performance.now();
  }

  private async pause(): Promise<void> {
    if ((await this.insist('/queue/pause')).status !== 200) return;
    const from = performance.now();
    await delay(this.settings.random() * 2_000);
    this.pauses.push({ from, to: performance.now() });
    await this.insist('/queue/resume');
  }

  /** Until there is an answer that is no 5xx, with one Idempotency-Key. */
  private async insist<T>(path: string, body?: object): Promise<{ status: number; body: T }> {
    const headers = { 'idempotency-key': randomUUID() };
    for (;;) {
      const answer = await this.api.call('POST', path, body, headers).catch(() => undefined);
      const text = await answer?.text().catch(() => undefined);
      if (answer?.status === 401) throw new Error(`${path}: ${text}`); // it should have stayed a client
      if (answer && text !== undefined && answer.status < 500 && answer.status !== 429)
        return { status: answer.status, body: JSON.parse(text) as T };
      await delay(50);
    }
  }
}
