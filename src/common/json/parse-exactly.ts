import { isUtf8 } from 'node:buffer';
import { JsonSpan, spansOf, JsonTextError } from './json-spans';
import { unescapeToken } from './pointer-token';

export { JsonTextError };

/** How deep a payload may be nested. */
export const MAX_PAYLOAD_DEPTH = 64;

/** A parsed JSON text that keeps the source text of each value. */
export class ExactJson {
  constructor(
    /** The whole text, as received. */
    readonly text: string,
    /** The value, as `JSON.parse` returns it. */
    readonly value: unknown,
    /** The spans of its values; undefined if JavaScript would write all of them as received. */
    private readonly root: JsonSpan | undefined,
  ) {}

  /**
   * The exact source text of one value, without the whitespace around it.
   * @param pointer a JSON Pointer (RFC 6901), `''` for the whole text
   * @returns undefined if there is no such value
   */
  sourceOf(pointer: string): string | undefined {
    const tokens = pointer.split('/').slice(1);
    if (this.root === undefined) return JSON.stringify(tokens.reduce(memberOf, this.value));
    let span: JsonSpan | undefined = this.root;
    for (const token of tokens) span = span?.members?.get(unescapeToken(token)) ?? itemOf(span, token);
    return span === undefined ? undefined : this.text.slice(span.start, span.end);
  }
}

const INDEX = /^(0|[1-9]\d*)$/;

function memberOf(value: unknown, token: string): unknown {
  if (Array.isArray(value)) return INDEX.test(token) ? (value as unknown[])[Number(token)] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const key = unescapeToken(token);
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

const itemOf = (span: JsonSpan | undefined, token: string) =>
  INDEX.test(token) ? span?.items?.[Number(token)] : undefined;

/**
 * Parses JSON (RFC 8259, no extensions) and keeps its source text. Refuses invalid UTF-8, a byte order mark, duplicate
 * keys, the keys `__proto__` and `constructor.prototype`, and nesting that is too deep, which is detected while
 * parsing. Accepts escaped lone surrogates: they are text, and stay as written.
 * @throws JsonTextError
 */
export function parseExactly(source: string | Buffer): ExactJson {
  const text = typeof source === 'string' ? source : decode(source);
  const plain = plainValueOf(text);
  if (plain !== undefined) return new ExactJson(text, plain, undefined);
  const root = spansOf(text, MAX_PAYLOAD_DEPTH);
  try {
    return new ExactJson(text, JSON.parse(text), root);
  } catch {
    throw new JsonTextError('malformed_json', 'The text is not valid JSON.'); // JSON.parse is stricter than the scanner
  }
}

/**
 * The value of a text that JavaScript would write the same: no object has a duplicate key, and the text of each part is
 * what `JSON.stringify` makes of it. Takes a tenth of the time of a scan for spans.
 * @returns undefined if the text differs, or if only a scan can decide whether it is refused
 */
function plainValueOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text && isHarmless(value, MAX_PAYLOAD_DEPTH) ? value : undefined;
  } catch {
    return undefined; // not JSON, or nested too deeply: the scan says which, and where
  }
}

/** Whether no value is nested deeper than `levels`, and no key is dangerous for JavaScript code. */
function isHarmless(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  for (const [key, member] of Object.entries(value))
    if (key === '__proto__' || key === 'prototype' || !isHarmless(member, levels - 1)) return false;
  return true;
}

function decode(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new JsonTextError('malformed_json', 'The text is not valid UTF-8.');
  return bytes.toString('utf8');
}
