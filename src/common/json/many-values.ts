const [QUOTE, BACKSLASH] = [0x22, 0x5c];
/** Bytes that come before a value, or begin one: `,` `:` `[` `{`. */
const BEFORE_VALUES = new Set([0x2c, 0x3a, 0x5b, 0x7b]);

/**
 * Whether a JSON text has more values and keys than a limit, without parsing it. Objects and arrays count twice,
 * because parsing brackets takes a hundred times as long as parsing a string of their length. Invalid JSON may be
 * counted wrongly.
 */
export function hasMoreValuesThan(most: number, text: Buffer): boolean {
  if (text.length < 2 * most) return false; // each value or key takes two bytes
  let values = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at]!;
    if (byte === QUOTE) isInString = !isInString;
    else if (isInString) at += byte === BACKSLASH ? 1 : 0;
    else if (BEFORE_VALUES.has(byte) && ++values > most) return true;
  }
  return false;
}
