import { MAX_WAIT_SECONDS } from '../requests/request-waiter.service';

const WAIT = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:$|[,;])/i;

/**
 * Reads the preference `wait=N` of a `Prefer` header (RFC 7240): seconds, cut at 60. One that cannot be honoured is
 * no error but ignored.
 */
export function preferredWaitSeconds(header: string | undefined): number | undefined {
  const seconds = Number(WAIT.exec(header ?? '')?.[1] ?? 0);
  return seconds === 0 ? undefined : Math.min(seconds, MAX_WAIT_SECONDS);
}
