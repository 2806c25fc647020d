import { hkdfSync } from 'node:crypto';

/** Nine bytes become twelve letters, more than enough to tell secrets apart. */
const BYTES = 9;

/** Shows whether two processes have the same secret, without revealing it. */
export const fingerprintOf = (secret: string): string =>
  Buffer.from(hkdfSync('sha256', secret, '', 'turnwise fingerprint', BYTES)).toString('base64url');

/**
 * The conflicts between the secrets of two processes, as sentences for the first one. Each process must accept what the
 * other signs and seals, otherwise clients get a 401 from one of them.
 * @param ours, theirs fingerprints, first that of the secret that signs
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
