import { ValidateBy } from 'class-validator';

/**
 * A constraint with a message that says what is wrong.
 * @param problem returns that message; undefined if the value is valid
 */
export const Sound = (name: string, problem: (value: unknown) => string | undefined): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => problem(value) === undefined,
      defaultMessage: (arguments_) => problem(arguments_?.value) ?? '',
    },
  });
