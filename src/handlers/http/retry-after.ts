import { SECOND_MS } from '../../common/time/units';

const ZONE = /([A-Z]|[+-]\d\d:?\d\d)$/;

/**
 * The wait of a `Retry-After` header, in milliseconds from now. The header has seconds or an HTTP date (RFC 9110
 * 5.6.7); the oldest form of a date has no zone and means GMT.
 * @param now milliseconds since 1970
 * @returns undefined if the header is missing or invalid
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
