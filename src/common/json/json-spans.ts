import { JSONVisitor, visit } from 'jsonc-parser';
import { escapeToken } from './pointer-token';

/** The text is not acceptable JSON. `code` is from the error catalogue; `detail` shows nothing of the text. */
export class JsonTextError extends Error {
  constructor(
    readonly code: 'malformed_json' | 'payload_too_deep',
    readonly detail: string,
    /** JSON Pointer of the refused value, if it is a part of the text. */
    readonly pointer?: string,
  ) {
    super(detail);
    this.name = 'JsonTextError';
  }
}

/** The position of a value in its text (`end` is exclusive), and the values inside it by key or index. */
export interface JsonSpan {
  readonly start: number;
  end: number;
  readonly members?: Map<string, JsonSpan>;
  readonly items?: JsonSpan[];
}

/** A container whose end has not been read yet. `key` is its own key; `next` the key of its next member. */
interface Open {
  readonly span: JsonSpan;
  readonly key: string | undefined;
  next: string | undefined;
}

/**
 * The spans of all values of a text, found in one pass. The pass stops at the first error, so that a text never costs
 * more than its length. Refused are more than `maxDepth` levels below the outermost member named `payload` (or below
 * the text itself, before there is one), duplicate keys in an object, and keys that are dangerous for JavaScript code.
 * @throws JsonTextError
 */
export function spansOf(text: string, maxDepth: number): JsonSpan {
  const open: Open[] = [];
  let root: JsonSpan | undefined;
  let payloadDepth = 0;

  const place = (span: JsonSpan): string | undefined => {
    const parent = open.at(-1);
    if (parent === undefined) root = span;
    else if (parent.span.items !== undefined) parent.span.items.push(span);
    else if (parent.next !== undefined) parent.span.members?.set(parent.next, span);
    return parent?.next;
  };
  const begin = (span: JsonSpan) => {
    const key = place(span);
    if (key === 'payload' && payloadDepth === 0) payloadDepth = open.length;
    if (open.length >= payloadDepth + maxDepth)
      throw tooDeep(maxDepth, open.slice(0, payloadDepth).map(stepInto).join(''));
    open.push({ span, key, next: undefined });
  };
  const finish = (offset: number, length: number) => {
    const closed = open.pop();
    if (closed !== undefined) closed.span.end = offset + length;
    if (open.length <= payloadDepth) payloadDepth = 0;
  };

  const visitor: JSONVisitor = {
    onObjectBegin: (start) => begin({ start, end: start, members: new Map() }),
    onArrayBegin: (start) => begin({ start, end: start, items: [] }),
    onObjectEnd: finish,
    onArrayEnd: finish,
    onObjectProperty: (key, _offset, _length, line, character) => {
      const parent = open.at(-1);
      if (parent === undefined) return;
      if (parent.span.members?.has(key) === true)
        throw refused('A key stands twice in one object', line, character);
      if (key === '__proto__' || (key === 'prototype' && parent.key === 'constructor'))
        throw refused('Keys named __proto__ or constructor.prototype are not taken', line, character);
      parent.next = key;
    },
    onLiteralValue: (_value, start, length) => void place({ start, end: start + length }),
    onError: (_code, _offset, _length, line, character) => {
      throw refused('The text is not valid JSON', line, character);
    },
  };
  visit(text, visitor, { disallowComments: true, allowTrailingComma: false });
  if (root === undefined) throw refused('The text is empty', 0, 0);
  return root;
}

/** The step from a container to one of its values, as part of a JSON Pointer. */
const stepInto = ({ span, next }: Open) => `/${span.items ? span.items.length - 1 : escapeToken(next ?? '')}`;

const tooDeep = (maxDepth: number, pointer: string) =>
  new JsonTextError(
    'payload_too_deep',
    `${pointer === '' ? 'The text' : pointer} is nested more than ${maxDepth} levels deep.`,
    pointer,
  );

const refused = (what: string, line: number, character: number) =>
  new JsonTextError('malformed_json', `${what} (line ${line + 1}, column ${character + 1}).`);
