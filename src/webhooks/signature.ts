import { createHmac, randomBytes } from 'node:crypto';
import { SECOND_MS } from '../common/time/units';
import { SIGNATURE_HEADERS } from '../handlers/http/delivery-signer';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A new secret as Standard Webhooks writes it: `whsec_` and the base64 of 32 random bytes. */
export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/**
 * The headers of Standard Webhooks: id, time and one signature per secret over `id.time.body`.
 * @param now milliseconds since 1970
 * @param secrets as `newSecret` writes them; a receiver with any of them can verify
 * @returns names and values in turn
 */
export function signatureHeaders(
  id: string,
  now: number,
  body: Buffer,
  secrets: readonly string[],
): string[] {
  const seconds = String(Math.floor(now / SECOND_MS));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64')}`;
  });
  const values = [id, seconds, signatures.join(' ')];
  return SIGNATURE_HEADERS.flatMap((name, i) => [name, values[i]!]);
}
