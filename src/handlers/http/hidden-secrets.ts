import { JsonText, stringifyWithTexts } from '../../common/json/json-text';
import { memberSource } from '../../common/json/member-source';
import type { HttpPayload } from './http-payload.dto';
import type { TargetAnswer } from './target-answer';

/** Names of fields in which users and targets send credentials. */
const SECRET = /auth|cookie|token|secret|key|password|credential|signature|session/i;

/** In place of a hidden value. */
export const HIDDEN = 'hidden';

/** Payloads of `http` that may contain a secret: those with headers, a query, or an ASCII character in disguise. */
export const MAY_HAVE_SECRETS = /"headers"|"url"\s*:\s*"(?:[^"\\]|\\.)*\?|\\u00[0-7]/;

/** Whether a header of this name has a secret as its value. */
export const isSecret = (name: string): boolean => SECRET.test(name);

/** The payload of an `http` request without secret headers and without the query of its URL; the rest is as it was. */
export function payloadWithoutSecrets(text: string): string {
  if (!MAY_HAVE_SECRETS.test(text)) return text;
  const payload = JSON.parse(text) as HttpPayload;
  const { url, headers } = payload;
  const body = 'body' in payload ? memberSource(text, 'body') : undefined;
  return stringifyWithTexts({
    ...payload,
    url: url.replace(/\?.*/s, `?${HIDDEN}`),
    ...(headers === undefined ? {} : { headers: withoutSecrets(headers) }),
    ...(body === undefined ? {} : { body: new JsonText(body) }),
  });
}

/** The result of an `http` request without secret headers. A result that was cut keeps none of its text. */
export function answerWithoutSecrets(text: string): string {
  const answer = JSON.parse(text) as TargetAnswer | { readonly start: string };
  return JSON.stringify(
    'start' in answer ? { ...answer, start: HIDDEN } : { ...answer, headers: withoutSecrets(answer.headers) },
  );
}

const withoutSecrets = (headers: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, isSecret(name) ? HIDDEN : value]));
