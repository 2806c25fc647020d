import { randomUUID } from 'node:crypto';

/** The texts of the running `stringifyWithTexts`; it is synchronous, so only one runs at a time. */
interface Splice {
  readonly mark: string;
  readonly texts: string[];
}
let splice: Splice | undefined;

/** Exact JSON text that `stringifyWithTexts` inserts unchanged. It must be valid JSON: it is not checked again. */
export class JsonText {
  constructor(readonly text: string) {}

  /** For any other `JSON.stringify`: an equal value, but not always written the same. */
  toJSON(): unknown {
    if (splice === undefined) return JSON.parse(this.text);
    splice.texts.push(this.text);
    return splice.mark;
  }
}

/**
 * `JSON.stringify`, but every JsonText in the value is inserted unchanged. What JSON cannot express (`undefined`)
 * becomes `null`.
 */
export function stringifyWithTexts(value: unknown): string {
  const outer = splice;
  // New for every call, so that no string inside the value can contain it.
  const own: Splice = { mark: `\u0000${randomUUID()}`, texts: [] };
  splice = own;
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } finally {
    splice = outer;
  }
  if (json === undefined) return 'null';
  if (own.texts.length === 0) return json;
  const pieces = json.split(JSON.stringify(own.mark));
  return pieces.map((piece, index) => piece + (own.texts[index] ?? '')).join('');
}
