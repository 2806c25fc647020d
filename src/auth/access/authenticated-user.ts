import type { ErasedBy } from '../../users/erasure.schema';
import type { Scope } from './scopes';

/** The credential that authenticated a call. */
export interface Credential {
  readonly kind: 'session' | 'api-key' | 'portal';
  /** ID of the session, the API key or the portal link. */
  readonly id: string;
  /** The account that owns the credential. */
  readonly accountId: string;
}

/** The caller, as the guards authenticated it. */
export interface AuthenticatedUser {
  /** The user whose queue the call acts on: the account itself, or the customer that `Turnwise-User` names. */
  readonly userId: string;
  readonly credential: Credential;
  readonly scopes: ReadonlySet<Scope>;
  /** When the access token expires. Long answers, such as streams, end then. */
  readonly expiresAt?: Date;
}

/**
 * The user whose call limits apply: the account, or for a portal link the customer, so that a customer's browser cannot
 * use up the limits of the account.
 */
export const payerOf = ({ userId, credential }: AuthenticatedUser): string =>
  credential.kind === 'portal' ? userId : credential.accountId;

/** The caller, for a stored record. */
export const byOf = ({ credential }: AuthenticatedUser): ErasedBy => ({
  accountId: credential.accountId,
  credential: credential.kind,
});
