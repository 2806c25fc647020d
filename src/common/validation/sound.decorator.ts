import { ValidateBy } from 'class-validator';

/**
 * A constraint whose message is a sentence that says what is wrong.
 * @param problem returns that sentence; undefined if the value is valid
 */
export const Sound = (name: string, problem: (value: unknown) => string | undefined): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => problem(value) === undefined,
      defaultMessage: (arguments_) => problem(arguments_?.value) ?? '',
    },
  });
