const MAX_HEADERS = 50;
const MAX_NAME = 128;
const MAX_VALUE = 4_096;
const MAX_TOTAL = 16 * 1024;

/** RFC 9110: a token, and visible Latin-1 with blanks. Above all no line break, which would start another header. */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers that Turnwise sets itself, or that belong to the connection. */
const RESERVED = new Set([
  'idempotency-key',
  'user-agent',
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'upgrade',
  'expect',
  'te',
  'trailer',
]);
const RESERVED_PREFIX = /^(turnwise|webhook)-/;

/** Why a value is not a valid set of headers, as a sentence; undefined if it is valid. */
export function headersProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'headers must be an object of names and string values';
  const headers = Object.entries(value as Record<string, unknown>);
  if (headers.length > MAX_HEADERS) return `headers must be at most ${MAX_HEADERS}`;
  const seen = new Set<string>();
  let total = 0;
  for (const [name, content] of headers) {
    const lower = name.toLowerCase();
    const folded = lower.replaceAll('_', '-'); // as CGI and WSGI fold names
    if (name.length > MAX_NAME || !NAME.test(name))
      return `headers must have valid names of at most ${MAX_NAME} characters`;
    if (RESERVED.has(folded) || RESERVED_PREFIX.test(folded))
      return `headers must not have ${name}: it cannot be overridden`;
    if (seen.has(lower)) return `headers must not have ${name} twice`;
    if (typeof content !== 'string' || content.length > MAX_VALUE || !VALUE.test(content))
      return `headers must have ${name} as a string of at most ${MAX_VALUE} Latin-1 characters without line breaks`;
    seen.add(lower);
    total += name.length + content.length;
  }
  return total > MAX_TOTAL ? `headers must be at most ${MAX_TOTAL} characters in all` : undefined;
}
