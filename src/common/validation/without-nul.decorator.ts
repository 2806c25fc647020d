import { Sound } from './sound.decorator';

/** A search text: MongoDB accepts no pattern with a NUL. */
export const WithoutNul = (): PropertyDecorator =>
  Sound('hasNoNul', (value) =>
    typeof value === 'string' && value.includes('\0')
      ? '$property must not contain a NUL character'
      : undefined,
  );
