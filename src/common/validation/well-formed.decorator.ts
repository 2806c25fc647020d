import { Sound } from './sound.decorator';

/**
 * The text, or each text of a list, can be stored unchanged. Half a surrogate pair has no UTF-8 form and would become
 * another text.
 */
export const WellFormed = (): PropertyDecorator =>
  Sound('isWellFormed', (value) =>
    [value].flat().some((text) => typeof text === 'string' && !text.isWellFormed())
      ? '$property must not contain half a surrogate pair'
      : undefined,
  );
