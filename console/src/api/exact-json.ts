import { findNodeAtLocation, format, parse, parseTree, type ParseError } from 'jsonc-parser';

/** JSON text exactly as written: a number such as 1.10 or 12345678901234567890 is never parsed and printed again. */

/** The text of one member of a JSON object; undefined if there is no such member. */
export function memberText(json: string, name: string): string | undefined {
  const root = parseTree(json);
  const node = root && findNodeAtLocation(root, [name]);
  return node && json.slice(node.offset, node.offset + node.length);
}

/** The same tokens, with line breaks and blanks for reading. */
export function readable(json: string): string {
  // Joined once: `applyEdits` copies the whole text for each edit.
  const parts: string[] = [];
  let at = 0;
  for (const { offset, length, content } of format(json, undefined, { insertSpaces: true, tabSize: 2 })) {
    parts.push(json.slice(at, offset), content);
    at = offset + length;
  }
  return parts.join('') + json.slice(at);
}

/** Why a text is not JSON, in words; undefined if it is. */
export function mistakeIn(text: string): string | undefined {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first === undefined) return undefined;
  const line = text.slice(0, first.offset).split('\n').length;
  return text.trim() === '' ? 'Write a JSON value.' : `Line ${line} is not valid JSON.`;
}
