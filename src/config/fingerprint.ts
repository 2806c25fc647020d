import { hkdfSync } from 'node:crypto';

/** Nine bytes are twelve letters, and more than enough to tell secrets apart. */
const BYTES = 9;

/** Shows whether two processes have the same secret, and reveals nothing of it. */
export const fingerprintOf = (secret: string): string =>
  Buffer.from(hkdfSync('sha256', secret, '', 'turnwise fingerprint', BYTES)).toString('base64url');

/**
 * What is wrong between the secrets of two processes, as a sentence for the one with the first: each must accept what the
 * other signs and seals, or clients get a 401 from one of them.
 * @param ours, theirs fingerprints, that of the secret which signs first
 */
export function secretsContradict(ours: readonly string[], theirs: readonly string[]): string[] {
  const [sign, theySign] = [ours[0]!, theirs[0]!];
  if (ours.includes(theySign) && theirs.includes(sign)) return [];
  return [
    ours.includes(theySign)
      ? 'JWT_SECRET has a first secret that another process does not accept: add it at the end of the list everywhere, then put it first.'
      : 'JWT_SECRET lacks the secret that another process signs with: have it in the list, or use the same (docs/operations.md, Rotating JWT_SECRET).',
  ];
}
