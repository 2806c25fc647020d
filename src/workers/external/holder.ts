import { createHash } from 'node:crypto';
import type { Credential } from '../../auth/access/authenticated-user';

/** Long enough to tell accounts apart, too short to identify one. */
const LETTERS = 16;

/**
 * What the names of all workers of an account contain. A fencing token is a number that targets compare, so it can be
 * guessed: only the account that claimed a lease may extend and end it. Any key of the account may: a new key
 * continues the work of an old one. A digest, because users see the names of workers in their attempts.
 */
export const holderOf = ({ accountId }: Pick<Credential, 'accountId'>): string =>
  createHash('sha256').update(accountId).digest('base64url').slice(0, LETTERS);

/** The name of a worker, as its attempts show it: the credential that it claims with, and its account. */
export const workerOf = (credential: Credential): string =>
  `${credential.kind}.${credential.id}.${holderOf(credential)}`;
