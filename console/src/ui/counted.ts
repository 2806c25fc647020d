/** A number of things in words: `1 attempt`, `2,000 attempts`. */
export const counted = (count: number, thing: string): string =>
  `${count.toLocaleString()} ${thing}${count === 1 ? '' : 's'}`;
