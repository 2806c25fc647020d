const [QUOTE, COMMA, COLON, BACKSLASH] = [0x22, 0x2c, 0x3a, 0x5c];
const [ARRAY, ARRAY_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * The exact source text of a member of an object. One pass, which parses nothing but keys: every delivery and every view of one
 * needs it.
 * @param text that `parseExactly` has accepted
 * @returns undefined if there is no such member
 */
export function memberSource(text: string, name: string): string | undefined {
  let depth = 0;
  let key = '';
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (depth === 1 && start === 0) key = text.slice(at, end + 1);
      at = end;
    } else if (code === OBJECT || code === ARRAY) depth += 1;
    else if (code === OBJECT_END || code === ARRAY_END) depth -= 1;
    else if (code === COLON && depth === 1) start = at + 1;
    const isEnd = depth === 0 || (depth === 1 && code === COMMA);
    if (!isEnd || start === 0) continue;
    if (JSON.parse(key) === name) return text.slice(start, at).trim();
    start = 0;
  }
  return undefined;
}

/** Where the string that begins at `at` ends: at the first quote that is not escaped. */
function endOfString(text: string, at: number): number {
  for (let end = at; ;) {
    end = text.indexOf('"', end + 1);
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
}
