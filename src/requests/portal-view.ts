import type { Filter } from 'mongodb';
import type { AuthenticatedUser } from '../auth/access/authenticated-user';
import {
  answerWithoutSecrets,
  HIDDEN,
  MAY_HAVE_SECRETS,
  payloadWithoutSecrets,
} from '../handlers/http/hidden-secrets';
import type { RequestDocument } from '../journal/request-document';

/** What a caller sees of requests, whichever call shows them. */
export interface RequestsAsSeen {
  /** The request as it is shown to the caller. */
  readonly shown: (document: RequestDocument) => RequestDocument;
  /** Payloads that the caller may search: a search would find out a hidden value character by character. */
  readonly searchable: Filter<RequestDocument>;
}

const WHOLE: RequestsAsSeen = { shown: (document) => document, searchable: {} };
const IN_PORTAL: RequestsAsSeen = {
  shown: withoutSecrets,
  searchable: { $or: [{ type: { $ne: 'http' } }, { payload: { $not: MAY_HAVE_SECRETS } }] },
};

/** A portal link shows a customer nothing that is a secret of the account (docs/customers.md). */
export const seenBy = ({ credential }: AuthenticatedUser): RequestsAsSeen =>
  credential.kind === 'portal' ? IN_PORTAL : WHOLE;

function withoutSecrets(document: RequestDocument): RequestDocument {
  const { type, payload, result, callbackUrl, attempts } = document;
  return {
    ...document,
    ...(type === 'http' ? { payload: payloadWithoutSecrets(payload) } : {}),
    ...(type === 'http' && result !== undefined ? { result: answerWithoutSecrets(result) } : {}),
    ...(callbackUrl === undefined ? {} : { callbackUrl: new URL(callbackUrl).origin }),
    attempts: attempts.map((attempt) => ({ ...attempt, worker: HIDDEN })),
  };
}
