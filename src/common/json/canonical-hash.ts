import { createHash } from 'node:crypto';
import { JsonSpan, spansOf } from './json-spans';
import { MAX_PAYLOAD_DEPTH } from './parse-exactly';

/**
 * SHA-256 (base64url) of the content of a JSON text. The order of keys and blanks does not matter, strings are compared
 * by value however they are escaped, numbers by their source text (`1.0` is not `1`).
 * @throws JsonTextError as parseExactly does
 */
export function canonicalHash(text: string): string {
  const parts: string[] = [];
  write(text, spansOf(text, MAX_PAYLOAD_DEPTH), parts);
  return createHash('sha256').update(parts.join('')).digest('base64url');
}

function write(text: string, span: JsonSpan, parts: string[]): void {
  if (span.members !== undefined) {
    parts.push('{');
    for (const [key, member] of [...span.members].sort(byKey)) {
      parts.push(JSON.stringify(key), ':');
      write(text, member, parts);
      parts.push(',');
    }
    parts.push('}');
  } else if (span.items !== undefined) {
    parts.push('[');
    for (const item of span.items) {
      write(text, item, parts);
      parts.push(',');
    }
    parts.push(']');
  } else {
    const source = text.slice(span.start, span.end);
    parts.push(source.startsWith('"') ? JSON.stringify(JSON.parse(source)) : source);
  }
}

const byKey = ([a]: [string, JsonSpan], [b]: [string, JsonSpan]) => (a < b ? -1 : a > b ? 1 : 0);
