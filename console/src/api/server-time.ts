/** By how much the server's clock is ahead of the browser's, ms. */
let aheadMs = 0;

/** A smaller difference is ignored: an answer has its time in whole seconds, and takes a moment. */
const INEXACT_MS = 3_000;

/** ms since 1970, by the server's clock once it is known. */
export const serverNow = (): number => Date.now() + aheadMs;

/** Learns the difference of the clocks from an answer. */
export function seeTime(answer: Response): void {
  const apartMs = Date.parse(answer.headers.get('date') ?? '') - Date.now();
  if (!Number.isNaN(apartMs)) aheadMs = Math.abs(apartMs) < INEXACT_MS ? 0 : apartMs;
}
