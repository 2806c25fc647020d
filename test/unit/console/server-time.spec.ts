import { seeTime, serverNow } from '../../../console/src/api/server-time';

const SENT_AT = Date.parse('2026-01-01T00:00:00Z');
const HOUR_MS = 3_600_000;

/** Gets an answer. @param tookMs until it came @param wroteMs until the server wrote it @param aheadMs of its clock */
function answer(tookMs: number, wroteMs: number, aheadMs: number): void {
  jest.setSystemTime(SENT_AT + tookMs);
  const date = new Date(SENT_AT + wroteMs + aheadMs).toUTCString();
  seeTime(new Response(null, { headers: { date } }), SENT_AT);
}
const ahead = () => serverNow() - Date.now();

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('learns the difference of the clocks to a second, also from slow answers', () => {
  for (const wroteMs of [0, 20_000]) {
    answer(20_000, wroteMs, 0);
    expect(ahead()).toBe(0);
  }
  answer(100, 50, HOUR_MS);
  for (const wroteMs of [0, 20_000]) {
    answer(20_000, wroteMs, HOUR_MS);
    expect(Math.abs(ahead() - HOUR_MS)).toBeLessThan(1_100);
  }
});
