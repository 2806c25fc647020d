/** What the form holds: everything as text. */
export interface Draft {
  readonly type: string;
  /** JSON text; absent until it is written: the example of its type. */
  readonly payload?: string;
  /** Words with commas between them. */
  readonly tags: string;
  /** A time in the reader's zone, as an input has it. */
  readonly runAt?: string;
}

/**
 * The body of a call of `/enqueue`. The payload goes in as text: read and printed again it would lose 1.10 and
 * 12345678901234567890.
 */
export function bodyOfDraft({ type, payload, tags, runAt }: Draft & { payload: string }): string {
  const words = tags
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);
  const members = [
    `"type":${JSON.stringify(type)}`,
    `"payload":${payload}`,
    ...(words.length > 0 ? [`"tags":${JSON.stringify(words)}`] : []),
    ...(runAt ? [`"runAt":${JSON.stringify(new Date(runAt).toISOString())}`] : []),
  ];
  return `{${members.join(',')}}`;
}

/** A random key. A page without TLS has no `crypto.randomUUID`. */
export const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
