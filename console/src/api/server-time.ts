/** By how much the server's clock is ahead of the browser's, ms. */
let aheadMs = 0;

/** ms since 1970, by the server's clock once it is known. */
export const serverNow = (): number => Date.now() + aheadMs;

/**
 * Learns the difference of the clocks from an answer. The server wrote its time, in whole seconds, between `sentAt` and now:
 * a slow answer says little, and changes a difference that it allows as little as it must.
 */
export function seeTime(answer: Response, sentAt: number): void {
  const at = Date.parse(answer.headers.get('date') ?? '');
  if (!Number.isNaN(at)) aheadMs = Math.min(Math.max(aheadMs, at - Date.now()), at + 1_000 - sentAt);
}
