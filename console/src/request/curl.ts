import { bodyOf, settingsOf } from '../send/draft';
import type { ExactRequest } from './use-request';

/** Quotes a text for a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A command that sends this request again. The reader fills in the token. */
export function curlOf({ request, payload }: ExactRequest): string {
  const url = new URL('enqueue', location.href.split('#')[0]).href;
  return [
    `curl ${quoted(url)}`,
    `-H "Authorization: Bearer $TURNWISE_TOKEN"`,
    `-H 'Content-Type: application/json'`,
    `-d ${quoted(bodyOf(request.type, payload, settingsOf(request)))}`,
  ].join(' \\\n  ');
}
