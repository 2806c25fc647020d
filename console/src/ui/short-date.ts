const FIELDS = {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;
const ofThisYear = new Intl.DateTimeFormat(undefined, FIELDS);
const ofAnotherYear = new Intl.DateTimeFormat(undefined, { ...FIELDS, year: 'numeric' });

/** A time in the reader's zone, with its date; with its year, unless that is the year of `now`. */
export const shortDate = (date: Date, now: Date): string =>
  (date.getFullYear() === now.getFullYear() ? ofThisYear : ofAnotherYear).format(date);
