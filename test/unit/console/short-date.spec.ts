import { shortDate } from '../../../console/src/ui/short-date';

it('shows the year of a date unless it is this one, both in the zone of the reader', () => {
  const newYear = new Date(2026, 0, 1);
  expect(shortDate(newYear, new Date(2026, 11, 31, 23))).not.toContain('2026');
  expect(shortDate(new Date(newYear.getTime() - 1), newYear)).toContain('2025');
});
