import type { ErasedBy } from '../../users/erasure.schema';
import type { Scope } from './scopes';

/** What let somebody in. */
export interface Credential {
  readonly kind: 'session' | 'api-key' | 'portal';
  /** Of the session, the key or the portal link. */
  readonly id: string;
  /** The user to whom it belongs. */
  readonly accountId: string;
}

/** Who calls, as the guards have judged it. */
export interface AuthenticatedUser {
  /** The user whose queue is acted on: the account's own, or its customer's that `Turnwise-User` names. */
  readonly userId: string;
  readonly credential: Credential;
  readonly scopes: ReadonlySet<Scope>;
  /** When the access token ends; answers that last, such as streams, end with it. */
  readonly expiresAt?: Date;
}

/**
 * Whose bounds on calls count: the account's, and of a portal link the customer's, so that no customer's browser uses up
 * what the account may call.
 */
export const payerOf = ({ userId, credential }: AuthenticatedUser): string =>
  credential.kind === 'portal' ? userId : credential.accountId;

/** Who calls, for a record that is kept. */
export const byOf = ({ credential }: AuthenticatedUser): ErasedBy => ({
  accountId: credential.accountId,
  credential: credential.kind,
});
