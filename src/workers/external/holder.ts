import { createHash } from 'node:crypto';
import type { Credential } from '../../auth/access/authenticated-user';

/** Enough to tell accounts apart, and not to find one. */
const LETTERS = 16;

/**
 * What the names of all workers of an account contain. A fencing token is a number that targets compare, so anybody can guess it:
 * a lease is extended and ended by the account alone that has claimed it. By any of its keys: one that replaces another goes on
 * with its work. A digest, because users read the names of workers with their attempts.
 */
export const holderOf = ({ accountId }: Pick<Credential, 'accountId'>): string =>
  createHash('sha256').update(accountId).digest('base64url').slice(0, LETTERS);

/** The name of a worker, as its attempts show it: the credential that it claims with, and its account. */
export const workerOf = (credential: Credential): string =>
  `${credential.kind}.${credential.id}.${holderOf(credential)}`;
