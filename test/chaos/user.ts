import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../support/seeded';
import { PATHS } from './decision-paths';
import type { Plan } from './calls';
import type { Decision, DecisionKind, End, Enqueued, Place, Verdict } from './history';
import type { Answer, HonestClient } from './honest-client';

/** A request as its client creates it. */
export interface Made {
  readonly plan: Plan;
  /** The body that is sent. */
  readonly body: Record<string, unknown>;
}

const TOO_MANY = 429;
const isUnknown = (answer: Answer | undefined): boolean => !answer || answer.status >= 500;

/** A user of a run. After no answer or a 5xx they repeat a call with the same key, and record every answer. */
export class ChaosUser {
  readonly enqueued: Enqueued[] = [];
  readonly decisions: Decision[] = [];
  /** Places of promised requests, the newest last. */
  readonly promised: (Place & { readonly name: string })[] = [];
  private readonly nameOf = new Map<string, string>();
  private made = 0;
  private erasures = 0;
  private exclusive: Promise<unknown> = Promise.resolve();

  constructor(
    readonly customer: string,
    readonly client: HonestClient,
    readonly targetUrl: string,
    /** The account whose customer this is; undefined for a user with an account of their own. */
    readonly account?: HonestClient,
  ) {}

  get random(): Random {
    return this.client.random;
  }

  /** The name in the history; it changes with each erasure. */
  get name(): string {
    return this.erasures === 0 ? this.customer : `${this.customer}~${this.erasures}`;
  }

  /** Called after an erasure: nothing that was promised before belongs to this user any longer. */
  startAnew(): void {
    this.erasures += 1;
    this.promised.length = 0;
    this.nameOf.clear();
  }

  /** Runs one action after the other. */
  async exclusively<T>(act: () => Promise<T>): Promise<T> {
    const done = this.exclusive.then(act);
    this.exclusive = done.catch(() => undefined);
    return done;
  }

  /** A name that no other request has. */
  newName(): string {
    return `${this.name}-${++this.made}`;
  }

  /** Enqueues one request, or several as a batch. @param givesUp whether the user may give up without an answer */
  async enqueue(
    requests: readonly Made[],
    delayMs = 0,
    givesUp = false,
    key = randomUUID(),
  ): Promise<Verdict> {
    const { name: user } = this;
    const isBatch = requests.length > 1;
    const time = delayMs > 0 ? { delayMs } : {};
    const bodies = requests.map(({ body }) => body);
    const [path, body] = isBatch
      ? ['/enqueue/batch', { requests: bodies, ...time }]
      : ['/enqueue', { ...bodies[0], ...time }];
    const sentAt = performance.now();
    const answers: Place[][] = [];
    let verdict: Verdict | undefined;
    for (let isDoubtful = false; verdict === undefined;) {
      const answer = await this.client.call('POST', path, body, key);
      if (answer?.status === 202) {
        answers.push(
          ((isBatch ? answer.body['items'] : [answer.body]) as Place[]).map(({ id, seq }) => ({ id, seq })),
        );
        if (answers.length > 1 || this.random() > 0.05) verdict = 'done'; // otherwise as in a double click
      } else if (!isUnknown(answer))
        verdict = answers.length > 0 ? 'done' : isDoubtful ? 'unknown' : 'refused';
      else if (this.client.isTooLate() || (givesUp && this.random() < 0.3))
        verdict = answers.length > 0 ? 'done' : 'unknown';
      else await delay(50 + this.random() * 100);
      isDoubtful ||= isUnknown(answer);
    }
    const names = requests.map(({ plan }) => plan.name);
    this.enqueued.push({ user, names, delayMs, sentAt, answeredAt: performance.now(), verdict, answers });
    names.forEach((name, i) => {
      const place = answers[0]?.[i];
      if (!place) return;
      this.promised.push({ ...place, name });
      this.nameOf.set(place.id, name);
    });
    return verdict;
  }

  /** Decides about the queue, or about one of the user's requests. */
  async decide(kind: keyof typeof PATHS, id?: string): Promise<Verdict> {
    const about = id === undefined ? {} : { name: await this.nameOfRequest(id) };
    return this.insist(kind, () => this.client.call(...PATHS[kind](id)), about);
  }

  /** Repeats a decision until its outcome is known. */
  async insist(
    kind: DecisionKind,
    send: () => Promise<Answer | undefined>,
    about: Pick<Decision, 'name' | 'rate'>,
  ): Promise<Verdict> {
    const { name: user } = this;
    const sentAt = performance.now();
    let verdict: Verdict | undefined;
    let tries = 0;
    let code: string | undefined;
    for (let isDoubtful = false; verdict === undefined;) {
      const answer = await send();
      if (answer?.status !== TOO_MANY) tries += 1;
      isDoubtful ||= isUnknown(answer);
      code = answer?.body['code'] as string | undefined;
      if (answer?.status === 200 || answer?.status === 202) verdict = 'done';
      else if (this.client.isTooLate()) verdict = 'unknown';
      else if (isUnknown(answer) || answer?.status === TOO_MANY) await delay(50 + this.random() * 100);
      else verdict = isDoubtful ? 'unknown' : 'refused';
    }
    const answeredAt = performance.now();
    this.decisions.push({
      user,
      kind,
      ...about,
      sentAt,
      answeredAt,
      verdict,
      tries,
      ...(code === undefined ? {} : { code }),
    });
    return verdict;
  }

  /** Also of one whose answer was lost. */
  private async nameOfRequest(id: string): Promise<string> {
    for (;;) {
      const name = this.nameOf.get(id) ?? (this.client.isTooLate() ? '' : undefined);
      if (name !== undefined) return name;
      const answer = await this.client.call('GET', `/requests/${id}`);
      const payload = answer?.body['payload'] as (Partial<Plan> & { readonly body?: Plan }) | undefined;
      if (payload) this.nameOf.set(id, payload.body?.name ?? payload.name!);
      else await delay(100);
    }
  }

  /** How requests have ended by the API: those that were promised, and others that exist. */
  async ends(): Promise<End[]> {
    const ends: End[] = [];
    for (let cursor: unknown = ''; typeof cursor === 'string';) {
      const page = await this.client.call(
        'GET',
        `/requests?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      if (page?.status !== 200 && this.client.isTooLate()) break;
      if (page?.status !== 200) continue;
      for (const each of page.body['items'] as { id: string; status: string; error?: { code: string } }[]) {
        const name = await this.nameOfRequest(each.id);
        const promised = this.promised.find((place) => place.name === name);
        if (promised === undefined || promised.id === each.id)
          ends.push({ user: this.name, name, status: each.status, errorCode: each.error?.code });
      }
      cursor = page.body['nextCursor'];
    }
    return ends;
  }
}
