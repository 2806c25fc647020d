import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { pick, Random } from '../support/seeded';

/** How long to wait for an answer, ms. */
const PATIENCE_MS = 4000;

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  /** The URL of the process that answered. */
  readonly from: string;
}

/** Sends calls with a logged-in user's token, or a key, each to any running API process. */
export class HonestClient {
  private token = '';
  private readonly credentials = {
    email: `${randomUUID()}@example.com`,
    password: 'correct horse battery staple',
  };

  constructor(
    private readonly apis: () => readonly string[],
    readonly random: Random,
    /** Whether it is too late to repeat calls. */
    readonly isTooLate: () => boolean,
    /** A key instead of a login, and the customer for whom it acts. */
    private readonly key?: string,
    private readonly customer?: string,
  ) {}

  /** The same service with a key. */
  withKey(key: string, random = this.random, customer?: string): HonestClient {
    return new HonestClient(this.apis, random, this.isTooLate, key, customer);
  }

  /** The client of one of the key's customers. */
  forCustomer(customer: string, random: Random): HonestClient {
    return this.withKey(this.key!, random, customer);
  }

  get email(): string {
    return this.credentials.email;
  }

  async register(): Promise<void> {
    // 409: a call without an answer in time has made the account.
    const isMade = async () =>
      [201, 409].includes((await this.post('/auth/register', this.credentials))?.status ?? 0);
    while (!(await isMade())) await delay(50);
    await this.logIn();
  }

  /** @returns undefined without an answer */
  async call(method: string, path: string, body?: unknown, key?: string): Promise<Answer | undefined> {
    const answer = await this.send(method, path, body === undefined ? undefined : JSON.stringify(body), key);
    if (answer?.status !== 401 || this.key !== undefined) return answer;
    await this.logIn(); // an access token lasts a quarter of an hour
    return { ...answer, status: 503 };
  }

  private async logIn(): Promise<void> {
    const answer = await this.post('/auth/login', this.credentials);
    if (answer?.status === 200) this.token = String(answer.body['accessToken']);
  }

  private post(path: string, body: object) {
    return this.send('POST', path, JSON.stringify(body));
  }

  private async send(method: string, path: string, body?: string, key?: string): Promise<Answer | undefined> {
    const api = pick(this.random, this.apis());
    if (api === undefined) return undefined;
    const token = this.key ?? this.token;
    const headers = {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(this.customer === undefined ? {} : { 'turnwise-user': this.customer }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    try {
      const answer = await fetch(api + path, {
        method,
        headers,
        signal,
        ...(body === undefined ? {} : { body }),
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, from: api };
    } catch {
      return undefined;
    }
  }
}
