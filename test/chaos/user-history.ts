import type { Call, Decision, DecisionKind, End, Enqueued, History, LastLook, Place, Span } from './history';

/** The part of a history that belongs to one user, with the look-ups that the rules need. */
export class UserHistory {
  readonly enqueued: readonly Enqueued[];
  readonly decisions: readonly Decision[];
  /** In the order of their start. */
  readonly calls: readonly Call[];
  /** The calls that the target has not refused for their token. */
  readonly starts: readonly Call[];
  /** Calls of the other users. */
  readonly others: readonly Call[];
  readonly hurts: readonly Span[];
  readonly queue: LastLook | undefined;
  readonly refills: readonly Span[];
  readonly moves: readonly Span[];
  /** The promised requests: the place in the first 202, by name. */
  readonly places: ReadonlyMap<string, Place>;
  readonly ends: ReadonlyMap<string, End>;

  constructor(history: History, user: string) {
    const of = <T extends { readonly user: string }>(all: readonly T[]) =>
      all.filter((each) => each.user === user);
    this.enqueued = of(history.enqueued);
    this.decisions = [...of(history.decisions)].sort((a, b) => a.sentAt - b.sentAt);
    this.calls = [...of(history.calls)].sort((a, b) => a.startedAt - b.startedAt);
    this.starts = this.calls.filter(({ isLate }) => !isLate);
    this.others = history.calls.filter((call) => call.user !== user);
    this.hurts = history.hurts;
    this.refills = history.refills;
    this.moves = history.moves;
    this.queue = of(history.queues)[0];
    this.ends = new Map(of(history.ends).map((end) => [end.name, end]));
    this.places = new Map(
      this.enqueued.flatMap(({ names, answers: [first] }) =>
        names.flatMap((name, i) => (first?.[i] ? [[name, first[i]] as const] : [])),
      ),
    );
  }

  /** Decisions of a kind, and about one request if it is named; also those that may not have arrived. */
  sent(kind: DecisionKind, name?: string): Decision[] {
    return this.decisions.filter(
      (each) => each.kind === kind && each.name === name && each.verdict !== 'refused',
    );
  }

  /** Those that were answered with success. */
  done(kind: DecisionKind): Decision[] {
    return this.decisions.filter((each) => each.kind === kind && each.verdict === 'done');
  }
}

/** A rule returns a sentence for each place in which a user's history breaks it. */
export type Rule = (user: UserHistory) => string[];
