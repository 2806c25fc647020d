/** The parts of a variable that is a list separated by commas. */
export const list = (text: string): readonly string[] =>
  Object.freeze(
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
