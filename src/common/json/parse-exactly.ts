import { isUtf8 } from 'node:buffer';
import { JsonSpan, spansOf } from './json-spans';
import { JsonTextError } from './json-text-error';
import { escapeToken, unescapeToken } from './pointer-token';

export { JsonTextError };

/** How deep a payload may be nested. */
export const MAX_PAYLOAD_DEPTH = 64;

/** A parsed JSON text that still knows how each of its values was written. */
export class ExactJson {
  constructor(
    /** The whole text, as it came. */
    readonly text: string,
    /** What `JSON.parse` makes of it. */
    readonly value: unknown,
    private readonly root: JsonSpan,
  ) {}

  /**
   * The exact source text of one value, without the blanks around it.
   * @param pointer a JSON Pointer (RFC 6901), `''` for the whole text
   * @returns undefined if there is no such value
   */
  sourceOf(pointer: string): string | undefined {
    let span: JsonSpan | undefined = this.root;
    for (const token of pointer.split('/').slice(1))
      span = span?.members?.get(unescapeToken(token)) ?? itemOf(span, token);
    return span === undefined ? undefined : this.text.slice(span.start, span.end);
  }
}

/**
 * The exact source text of a member of an object that `parseExactly` has taken before.
 * @returns undefined if it has none of this name
 */
export function memberSource(text: string, name: string): string | undefined {
  const value = JSON.parse(text) as Record<string, unknown>;
  // What JavaScript writes the same needs no scan, which costs ten times as much.
  if (JSON.stringify(value) === text)
    return Object.hasOwn(value, name) ? JSON.stringify(value[name]) : undefined;
  return parseExactly(text).sourceOf(`/${escapeToken(name)}`);
}

const itemOf = (span: JsonSpan | undefined, token: string) =>
  /^(0|[1-9]\d*)$/.test(token) ? span?.items?.[Number(token)] : undefined;

/**
 * Parses JSON (RFC 8259, nothing more) and keeps its source text. Refuses invalid UTF-8, a byte order mark,
 * duplicate keys, the keys `__proto__` and `constructor.prototype`, and too deep a nesting, which is noticed
 * while parsing. Escaped lone surrogates are taken: they are text, and stay as they were written.
 * @param limits.maxDepth levels of nesting below the member `payload`, or below the text if it has none
 * @throws JsonTextError
 */
export function parseExactly(source: string | Buffer, limits = { maxDepth: MAX_PAYLOAD_DEPTH }): ExactJson {
  const text = typeof source === 'string' ? source : decode(source);
  const root = spansOf(text, limits.maxDepth);
  try {
    return new ExactJson(text, JSON.parse(text), root);
  } catch {
    throw new JsonTextError('malformed_json', 'The text is not valid JSON.'); // stricter than the scanner
  }
}

function decode(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new JsonTextError('malformed_json', 'The text is not valid UTF-8.');
  return bytes.toString('utf8');
}
