import type { RequestView } from '../api/user-api';

/** What the form holds: everything as text. */
export interface Draft {
  readonly type: string;
  /** JSON text; absent until it is written: the example of its type. */
  readonly payload?: string;
  /** Words with commas between them. */
  readonly tags: string;
  /** A time in the reader's zone, as an input has it. */
  readonly runAt?: string;
  /** Of the request that is sent again. The form changes only the tags. */
  readonly settings?: Settings;
}

/** What a request was sent with, besides its type, payload and time. @param request read by itself, not in a list */
export const settingsOf = ({ tags, maxAttempts, timeoutMs, backoff, callback }: RequestView) => ({
  tags,
  maxAttempts,
  timeoutMs,
  backoff,
  callbackUrl: callback?.url,
});

export type Settings = ReturnType<typeof settingsOf>;

/** Tags as the form shows them. */
export const tagText = (tags: readonly string[]): string => tags.join(', ');

/** The body of a call of `/enqueue` for what the form holds. Tags that nobody has changed may have commas in them. */
export function bodyOfDraft({ type, payload, tags, runAt, settings }: Draft & { payload: string }): string {
  const words = tags
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);
  return bodyOf(type, payload, {
    ...settings,
    tags: settings && tags === tagText(settings.tags) ? settings.tags : words,
    ...(runAt && { runAt: new Date(runAt).toISOString() }),
  });
}

/**
 * The body of a call of `/enqueue`. The payload goes in as text: read and printed again it would lose 1.10 and
 * 12345678901234567890.
 */
export const bodyOf = (
  type: string,
  payload: string,
  more: { readonly [Name in keyof Settings]?: Settings[Name] | undefined } & { readonly runAt?: string },
): string => `${JSON.stringify({ type, ...more }).slice(0, -1)},"payload":${payload}}`;

/** A random key. A page without TLS has no `crypto.randomUUID`. */
export const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
