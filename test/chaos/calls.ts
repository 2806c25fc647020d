import type { Call } from './history';

/** The instructions for the receiver in a delivered payload. */
export interface Plan {
  readonly user: string;
  readonly name: string;
  readonly maxAttempts: number;
  /** The statuses of its calls in order; the last one is for all later calls. */
  readonly answers: readonly number[];
  /** Duration of each call, ms. */
  readonly workMs: number;
}

export type OpenCall = { -readonly [K in keyof Call]: Call[K] } & { readonly port: number };

/** The headers of an attempt. `port` is that of its process's connection; 0 for an external worker. */
export type Head = Pick<Call, 'id' | 'seq' | 'attempt' | 'token'> & {
  readonly port: number;
  readonly wasFrozen: boolean;
};

/** Calls within this time after a freeze (ms) may have been sent before it. */
const THAW_MS = 500;

/** All attempts of a run as their receivers see them: the HTTP target and the external workers. */
export class Calls {
  readonly all: OpenCall[] = [];
  private readonly tokens = new Map<string, number>();
  private readonly counts = new Map<string, number>();
  /** By the port of a frozen process's connection, or by its URL: until when its calls are excepted. */
  private readonly frozen = new Map<number | string, number>();
  private readonly madeAt = performance.now();

  /** When the last call came; when this was created if none has. */
  get lastAt(): number {
    return this.all.at(-1)?.startedAt ?? this.madeAt;
  }

  /** A call begins. If its token is lower than one seen before, it is late and must be refused. */
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

  /** Returns the status that the plan has for this call, and counts the call. */
  nextAnswer({ answers }: Plan, { id }: Call): number {
    const n = this.counts.get(id) ?? 0;
    this.counts.set(id, n + 1);
    return answers[Math.min(n, answers.length - 1)]!;
  }

  /** Ends the call, unless it has ended. @param status undefined if nobody receives it */
  end(call: OpenCall, status?: number, at = performance.now()): void {
    if (call.endedAt !== Infinity) return;
    call.endedAt = at;
    call.status = status;
  }

  /** A process with these connections and this URL is frozen from now on. */
  freezeBegins(ports: readonly number[], url: string): void {
    for (const from of [...ports, url]) this.frozen.set(from, Infinity);
    for (const call of this.all)
      if (call.endedAt === Infinity && ports.includes(call.port)) call.wasFrozen = true;
  }

  freezeEnds(ports: readonly number[], url: string): void {
    for (const from of [...ports, url]) this.frozen.set(from, performance.now() + THAW_MS);
  }

  /** Whether a call from a port or a URL may have been delayed by a freeze. */
  isFrozen(from: number | string): boolean {
    return performance.now() < (this.frozen.get(from) ?? 0);
  }
}
