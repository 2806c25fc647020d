import type { Call } from './history';

/** What a delivered payload tells the receiver to do. */
export interface Plan {
  readonly user: string;
  readonly name: string;
  readonly maxAttempts: number;
  /** The statuses of its calls in turn; the last one is for all further ones. */
  readonly answers: readonly number[];
  /** How long each call takes, ms. */
  readonly workMs: number;
}

export type OpenCall = { -readonly [K in keyof Call]: Call[K] } & { readonly port: number };

/** What an attempt brings along. `port` is that of its process's connection, 0 for an external worker. */
export type Head = Pick<Call, 'id' | 'seq' | 'attempt' | 'token'> & {
  readonly port: number;
  readonly wasFrozen: boolean;
};

/** Calls that come so soon (ms) after a freeze may have been on their way in it. */
const THAW_MS = 500;

/** All attempts of a run as their receivers, the HTTP target and the external workers, see them. */
export class Calls {
  readonly all: OpenCall[] = [];
  private readonly tokens = new Map<string, number>();
  private readonly counts = new Map<string, number>();
  /** By the port of a frozen process's connection, or its URL: until when what comes from it is excepted. */
  private readonly frozen = new Map<number | string, number>();
  private readonly madeAt = performance.now();

  /** When the last call came; when this was made, if none has. */
  get lastAt(): number {
    return this.all.at(-1)?.startedAt ?? this.madeAt;
  }

  /** A call has come. One with a lower token than one seen before is late, and must be refused. */
  begin({ user, name, maxAttempts }: Plan, head: Head): OpenCall {
    const highest = this.tokens.get(user) ?? 0;
    this.tokens.set(user, Math.max(highest, head.token));
    const call: OpenCall = {
      ...{ user, name, maxAttempts, ...head },
      ...{ startedAt: performance.now(), endedAt: Infinity, status: undefined },
      isLate: head.token < highest,
      isExternal: head.port === 0,
    };
    this.all.push(call);
    return call;
  }

  /** What the plan says about this call of its request. Each look is a call. */
  nextAnswer({ answers }: Plan, { id }: Call): number {
    const n = this.counts.get(id) ?? 0;
    this.counts.set(id, n + 1);
    return answers[Math.min(n, answers.length - 1)]!;
  }

  /** Ends it, unless it has ended. @param status undefined if nobody is told */
  end(call: OpenCall, status?: number, at = performance.now()): void {
    if (call.endedAt !== Infinity) return;
    call.endedAt = at;
    call.status = status;
  }

  /** The process of these connections, at this URL, is frozen from now on. */
  freezeBegins(ports: readonly number[], url: string): void {
    for (const from of [...ports, url]) this.frozen.set(from, Infinity);
    for (const call of this.all)
      if (call.endedAt === Infinity && ports.includes(call.port)) call.wasFrozen = true;
  }

  freezeEnds(ports: readonly number[], url: string): void {
    for (const from of [...ports, url]) this.frozen.set(from, performance.now() + THAW_MS);
  }

  /** Whether what comes now from a port or a URL may have been held up by a freeze. */
  isFrozen(from: number | string): boolean {
    return performance.now() < (this.frozen.get(from) ?? 0);
  }
}
