import { registerDecorator } from 'class-validator';

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):(\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

/**
 * A time in RFC 3339 with an offset. Without an offset, a time would mean something else on every server.
 * @returns undefined if the text is not such a time, or if its day does not exist
 */
export function parseRfc3339(text: string): Date | undefined {
  const parts = RFC3339.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1, 4).map(Number) as [number, number, number];
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth) return undefined;
  const moment = new Date(text.toUpperCase());
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** The field is a text that `parseRfc3339` accepts. */
export const IsRfc3339 = () => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isRfc3339',
    target: target.constructor,
    propertyName,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && parseRfc3339(value) !== undefined,
      defaultMessage: () =>
        `${propertyName} must be an RFC 3339 time with its offset, such as 2026-03-01T09:30:00Z`,
    },
  });
