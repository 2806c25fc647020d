import { registerDecorator } from 'class-validator';
import { addressRangeOf } from './address-range';
import { list } from './list';

/** The variable is a comma-separated list of addresses, CIDR ranges, or range names that its reader knows. */
export const IsAddressRanges =
  ({ orNamed = [] }: { readonly orNamed?: readonly string[] } = {}) =>
  (target: object, propertyName: string) =>
    registerDecorator({
      name: 'isAddressRanges',
      target: target.constructor,
      propertyName,
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          list(value).every((each) => orNamed.includes(each) || addressRangeOf(each) !== undefined),
      },
    });
