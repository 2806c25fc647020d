import { createHash } from 'node:crypto';

/** The tokens of a JSON text except commas and colons. */
const TOKENS = /[{}[\]]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s,:{}[\]"]+/g;

/**
 * SHA-256 (base64url) of the content of a JSON text. The order of keys and blanks does not matter, strings are compared
 * by value however they are escaped, numbers by their source text (`1.0` is not `1`).
 * @param text that `parseExactly` has accepted
 */
export function canonicalHash(text: string): string {
  const tokens = (text.match(TOKENS) ?? [])[Symbol.iterator]();
  const next = (): string => tokens.next().value!;
  return createHash('sha256').update(canonical(next(), next)).digest('base64url');
}

/** The canonical text of the value that begins with a token. @param next takes the token after it */
function canonical(token: string, next: () => string): string {
  if (token === '[') {
    let items = '';
    for (let item = next(); item !== ']'; item = next()) items += `${canonical(item, next)},`;
    return `[${items}]`;
  }
  if (token === '{') {
    const members: [string, string][] = [];
    for (let key = next(); key !== '}'; key = next())
      members.push([JSON.parse(key) as string, canonical(next(), next)]);
    return `{${members
      .sort(byKey)
      .map(([key, member]) => `${JSON.stringify(key)}:${member},`)
      .join('')}}`;
  }
  return token.includes('\\') ? JSON.stringify(JSON.parse(token)) : token;
}

const byKey = ([a]: [string, string], [b]: [string, string]) => (a < b ? -1 : a > b ? 1 : 0);
