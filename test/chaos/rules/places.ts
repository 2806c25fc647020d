import type { Enqueued } from '../history';
import type { Rule } from '../user-history';
import { mayBeErased } from './erasures';

/** No two requests have the same seq, and the target receives the one that the client was told. (P2) */
export const seqOnce: Rule = ({ places, starts }) => {
  const byName = [...places];
  const twice = byName.flatMap(([name, { seq }], i) => {
    const other = byName.slice(0, i).find(([, place]) => place.seq === seq);
    return other ? [`${name} has the seq of ${other[0]}`] : [];
  });
  const others = starts.filter(({ name, id, seq }) => {
    const place = places.get(name);
    return place?.id === id && place.seq !== seq;
  });
  return [...twice, ...others.map(({ name }) => `${name} runs with another seq than it was given`)];
};

/**
 * What was sent after an answer has a higher seq than what was answered. (P2) A scheduled request has the place of its time,
 * so its delay is subtracted first. This does not apply once a clock was moved, because a place may then be later than its
 * time.
 */
export const seqGrows: Rule = ({ enqueued, moves }) => {
  const isTimely = ({ answeredAt }: Enqueued) => !moves.some(({ from }) => from < answeredAt);
  const areOrdered = (...pair: Enqueued[]) =>
    pair.every(({ delayMs }) => delayMs === 0) || pair.every(isTimely);
  const promised = enqueued.filter(({ answers }) => answers.length > 0);
  return promised.flatMap((later) => {
    const before = promised.find(
      (each) =>
        each.answeredAt < later.sentAt &&
        areOrdered(each, later) &&
        Math.max(...acceptedAt(each)) >= Math.min(...acceptedAt(later)),
    );
    return before ? [`${later.names[0]} has no higher seq than ${before.names.at(-1)}, answered before`] : [];
  });
};

const acceptedAt = ({ answers, delayMs }: Enqueued): number[] =>
  answers[0]!.map(({ seq }) => seq - delayMs * 1000);

/** One request per Idempotency-Key: every answer names the same request, and no other runs. (P3) */
export const key: Rule = ({ enqueued, places, starts }) => [
  ...enqueued
    .filter(({ answers }) => new Set(answers.map((places) => JSON.stringify(places))).size > 1)
    .map(({ names }) => `${names[0]} was answered with different requests`),
  ...enqueued
    .flatMap(({ names }) =>
      names.filter((name) => {
        const ids = new Set(starts.filter((call) => call.name === name).map(({ id }) => id));
        const place = places.get(name);
        return new Set([...ids, ...(place ? [place.id] : [])]).size > 1;
      }),
    )
    .map((name) => `${name} runs as another request`),
];

/**
 * A batch is accepted as a whole or not at all (P3), and its members are neighbours in the queue (P2): among requests that run
 * at their own time, no other promised one has a seq between theirs. For an erased user it is unknown which requests existed.
 */
export const batch: Rule = (user) => {
  const { enqueued, starts, ends } = user;
  const isThere = (name: string) => ends.has(name) || starts.some((call) => call.name === name);
  const batches = enqueued.filter(({ names }) => names.length > 1);
  const halves = batches
    .filter(() => !mayBeErased(user))
    .filter(({ verdict, names }) => verdict !== 'done' && names.some(isThere) && !names.every(isThere))
    .map(({ names }) => `only a part of the batch of ${names[0]} was accepted`);
  const strangers = batches.flatMap((each) => {
    const seqs = (each.answers[0] ?? []).map(({ seq }) => seq);
    const others = enqueued.filter((other) => other !== each && other.delayMs === 0 && each.delayMs === 0);
    const between = others
      .flatMap(({ answers: [first = []] }) => first)
      .filter(({ seq }) => seq > seqs[0]! && seq < seqs.at(-1)!);
    const grows = seqs.every((seq, i) => i === 0 || seq > seqs[i - 1]!);
    return grows && between.length === 0 ? [] : [`the batch of ${each.names[0]} is not in one piece`];
  });
  return [...halves, ...strangers];
};
