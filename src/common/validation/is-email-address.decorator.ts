import { buildMessage, isEmail, ValidateBy } from 'class-validator';

/** A lone surrogate is not a character, and class-validator's email check throws on it. */
const LONE_SURROGATE = /\p{Cs}/u;

/** `IsEmail`, safe for any text. */
export const IsEmailAddress = (): PropertyDecorator =>
  ValidateBy({
    name: 'isEmail',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && !LONE_SURROGATE.test(value) && isEmail(value),
      defaultMessage: buildMessage((each) => `${each}$property must be an email address`),
    },
  });
