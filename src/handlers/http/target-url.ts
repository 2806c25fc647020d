/** Characters in a URL. */
export const MAX_URL_LENGTH = 2_048;

/** Why a value is not a URL to deliver to, as a sentence; undefined if it is valid. The address is checked later. */
export function urlProblem(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'url must be a string';
  if (value.length > MAX_URL_LENGTH) return `url must be at most ${MAX_URL_LENGTH} characters long`;
  if (/[\s\p{Cc}]/u.test(value) || !URL.canParse(value)) return 'url must be an absolute URL without blanks';
  const { protocol, username, password } = new URL(value);
  if (protocol !== 'http:' && protocol !== 'https:') return 'url must begin with http:// or https://';
  return username === '' && password === ''
    ? undefined
    : 'url must not hold a user or password; use a header';
}
