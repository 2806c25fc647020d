const EVENT_ID = /^(\d{1,16})-(\d{1,16})$/;

/** Whether a text could be an event's id. */
export const isEventId = (text: string): boolean => EVENT_ID.test(text);

/** Whether the event `a` comes after the event `b`. */
export function isLater(a: string, b: string): boolean {
  const [msOfA = 0, nOfA = 0] = a.split('-').map(Number);
  const [msOfB = 0, nOfB = 0] = b.split('-').map(Number);
  return msOfA === msOfB ? nOfA > nOfB : msOfA > msOfB;
}
