import { ApiUser, AppCluster } from './cluster';

/** A request as a claim returns it. */
export interface Claimed {
  readonly request: {
    readonly id: string;
    readonly userId: string;
    readonly seq: number;
    readonly payload: unknown;
  };
  readonly attempt: number;
  readonly fencingToken: number;
  readonly leaseMs: number;
  readonly leaseUntil: string;
}

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
}

/** An external worker, which calls the API as a program in any language would. */
export class ExternalWorker {
  private constructor(
    private readonly caller: ApiUser,
    readonly types: readonly string[],
  ) {}

  /** Its API key. */
  get key(): string {
    return this.caller.token;
  }

  /** Declares the types, and creates a key with the scope `work`. */
  static async of(admin: ApiUser, url: string, types: Record<string, object>): Promise<ExternalWorker> {
    for (const [type, declared] of Object.entries(types))
      await admin.does('PUT', `/admin/types/${type}`, { external: true, ...declared });
    const body = { name: 'worker', scopes: ['work'] };
    const { key } = await admin.does<{ key: string }>('POST', '/auth/api-keys', body);
    return new ExternalWorker(ApiUser.withKey(url, key), Object.keys(types));
  }

  /** The same worker, calling another process. */
  at(url: string): ExternalWorker {
    return new ExternalWorker(ApiUser.withKey(url, this.caller.token), this.types);
  }

  /** Claims, and returns the claimed requests: for as long as the server's default, unless `more` has a `leaseMs`. */
  async claim(more: object = {}): Promise<Claimed[]> {
    const body = { types: this.types, max: 10, waitMs: 20_000, ...more };
    return (await this.caller.does<{ items: Claimed[] }>('POST', '/work/claim', body)).items;
  }

  /** Claims one request, for as often as it takes. */
  async claimOne(more: object = {}): Promise<Claimed> {
    for (;;) {
      const [claimed] = await this.claim({ max: 1, ...more });
      if (claimed) return claimed;
    }
  }

  extend = ({ request, fencingToken }: Claimed, more: object = {}) =>
    this.post(`/work/${request.id}/extend`, { fencingToken, ...more });

  complete = ({ request, fencingToken }: Claimed, result?: unknown) =>
    this.post(`/work/${request.id}/complete`, { fencingToken, ...(result === undefined ? {} : { result }) });

  fail = ({ request, fencingToken }: Claimed, error: unknown, more: object = {}) =>
    this.post(`/work/${request.id}/fail`, { fencingToken, error, ...more });

  async post<T = Record<string, unknown>>(path: string, body: object): Promise<Answer<T>> {
    const answer = await this.caller.call('POST', path, body);
    return { status: answer.status, body: (await answer.json()) as T };
  }
}

/** Creates an admin of the cluster and an external worker for these types. */
export async function externalWorker(
  cluster: AppCluster,
  url: string,
  types: Record<string, object> = { job: {} },
): Promise<{ readonly admin: ApiUser; readonly worker: ExternalWorker }> {
  const admin = await cluster.admin(url);
  return { admin, worker: await ExternalWorker.of(admin, url, types) };
}
