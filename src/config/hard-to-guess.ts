import { ValidateBy } from 'class-validator';

/** Words of placeholders and of secrets copied from examples. Each word counts as one character. */
const WELL_KNOWN =
  /change|replace|secret|passw(?:or)?d|example|default|production|development|insecure|placeholder|random|characters?|please|qwerty|asdfgh|zxcvbn|turnwise|metrics|token|super|least|goes|jwt|your|this|here|with|test|long|very|must|more|than|bits?|key|for|the|and|is|me|my|to|at|in|of/g;

/** Length from which a repeated piece counts as a repetition. */
const LEAST_PIECE = 3;

/**
 * Estimates the bits of a secret. Counts the characters that do not repeat an earlier piece, do not count up or down,
 * and do not belong to a well-known word. Each is worth log2 of the number of different characters in the secret. Finds
 * trivial secrets only: a sentence from a book passes. 32 random hexadecimal digits have about 120 bits, the output of
 * `openssl rand -base64 33` about 220.
 */
export function bitsOf(secret: string): number {
  const text = secret.toLowerCase().replace(WELL_KNOWN, '.');
  let unforeseen = 0;
  for (let at = 0; at < text.length; at += Math.max(1, repeated(text, at), counted(text, at)))
    unforeseen += 1;
  return unforeseen * Math.log2(new Set(secret).size);
}

/** The length of the piece at a position that occurs earlier in the text. */
function repeated(text: string, at: number): number {
  let length = LEAST_PIECE;
  if (text.indexOf(text.slice(at, at + length)) >= at || at + length > text.length) return 0;
  while (at + length < text.length && text.indexOf(text.slice(at, at + length + 1)) < at) length += 1;
  return length;
}

/** The length of the run at a position of equal, rising or falling characters: `aaa`, `abc`, `321`. */
function counted(text: string, at: number): number {
  const step = text.charCodeAt(at + 1) - text.charCodeAt(at);
  if (!(Math.abs(step) <= 1)) return 0;
  let length = 2;
  while (text.charCodeAt(at + length) - text.charCodeAt(at + length - 1) === step) length += 1;
  return length >= LEAST_PIECE ? length : 0;
}

export const HARD_TO_GUESS = 'isHardToGuess';

/** Every secret of the list has at least this many bits. */
export const IsHardToGuess = (bits: number): PropertyDecorator =>
  ValidateBy({
    name: HARD_TO_GUESS,
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && value.split(',').every((secret) => bitsOf(secret.trim()) >= bits),
    },
  });
