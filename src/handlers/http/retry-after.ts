import { SECOND_MS } from '../../common/time/units';

const ZONE = /([A-Z]|[+-]\d\d:?\d\d)$/;

/**
 * The wait that a `Retry-After` header asks for, in milliseconds from now: seconds, or an HTTP date (RFC 9110 5.6.7), whose
 * oldest form names no zone and means GMT.
 * @param now milliseconds since 1970
 * @returns undefined if there is none that can be understood
 */
export function retryAfterMs(
  header: string | readonly string[] | undefined,
  now: number,
): number | undefined {
  const text = (typeof header === 'string' ? header : header?.[0])?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * SECOND_MS;
  const inZone = ZONE.test(text) ? text : `${text} GMT`;
  const date = /^[A-Z][a-z]+,? .*\d\d:\d\d:\d\d/.test(text) ? Date.parse(inZone) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
