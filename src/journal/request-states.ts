import type { Collection } from 'mongodb';
import { DECIDING, LINEARIZABLE } from '../stores/mongo/concerns';
import type { RequestDocument, RequestState } from './request-document';

const PROJECTION = {
  pending: 1,
  status: 1,
  token: 1,
  attemptsMade: 1,
  crashes: 1,
  notBefore: 1,
  halts: 1,
  cancelsRest: 1,
  finishedAt: 1,
  batch: 1,
  attempts: { $slice: -1 },
} as const;

/** States of several requests: durable, but possibly from a deposed primary, so only positive answers are reliable. */
export async function statesOf(
  requests: Collection<RequestDocument>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RequestState>> {
  const found = await requests
    .find({ _id: { $in: [...ids] } }, { projection: PROJECTION, ...DECIDING })
    .toArray();
  return new Map(found.map((document) => [document._id, stateOf(document)]));
}

/** The state of a request after every acknowledged write. Waits for a majority; fails without one. */
export async function latestStateOf(
  requests: Collection<RequestDocument>,
  requestId: string,
): Promise<RequestState | undefined> {
  const document = await requests.findOne({ _id: requestId }, { projection: PROJECTION, ...LINEARIZABLE });
  return document === null ? undefined : stateOf(document);
}

/** The request that holds a user's Idempotency-Key, read as `latestStateOf` does. */
export async function latestByKey(
  requests: Collection<RequestDocument>,
  userId: string,
  key: string,
): Promise<RequestDocument | undefined> {
  return (await requests.findOne({ userId, key }, LINEARIZABLE)) ?? undefined;
}

function stateOf(document: Partial<RequestDocument> & Pick<RequestDocument, 'status'>): RequestState {
  return {
    pending: document.pending === true,
    status: document.status,
    token: document.token ?? 0,
    attemptsMade: document.attemptsMade ?? 0,
    crashes: document.crashes ?? 0,
    notBefore: document.notBefore?.getTime(),
    halts: document.halts === true,
    cancelsRest: document.cancelsRest === true,
    batch: document.batch,
    finishedAt: document.finishedAt?.getTime(),
    lastAttempt: document.attempts?.[0],
  };
}
