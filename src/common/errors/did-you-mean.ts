import { closest, distance } from 'fastest-levenshtein';

/** Near enough to be a typo: at most a third of the letters differ. */
const isNear = (word: string, other: string) =>
  distance(word.toLowerCase(), other.toLowerCase()) <= Math.max(1, Math.floor(other.length / 3));

/** `; did you mean url?`, or nothing if no known name is close. */
export function didYouMean(word: string, known: readonly string[]): string {
  const sameLetters = known.find((name) => name.toLowerCase() === word.toLowerCase());
  const nearest = sameLetters ?? (known.length > 0 ? closest(word, known) : '');
  return nearest !== '' && isNear(word, nearest) ? `; did you mean ${nearest}?` : '';
}
