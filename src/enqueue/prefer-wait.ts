import { MAX_WAIT_SECONDS } from '../requests/request-waiter.service';

const WAIT = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:$|[,;])/i;

/** Reads `wait=N` of a `Prefer` header (RFC 7240), in seconds, at most 60. An unknown preference is ignored. */
export function preferredWaitSeconds(header: string | undefined): number | undefined {
  const seconds = Number(WAIT.exec(header ?? '')?.[1] ?? 0);
  return seconds === 0 ? undefined : Math.min(seconds, MAX_WAIT_SECONDS);
}
