import { Sound } from './sound.decorator';

/** A text, or each of a list, that can be kept as it is: half a surrogate pair has no UTF-8, and would become another text. */
export const WellFormed = (): PropertyDecorator =>
  Sound('isWellFormed', (value) =>
    [value].flat().some((text) => typeof text === 'string' && !text.isWellFormed())
      ? '$property must not contain half a surrogate pair'
      : undefined,
  );
