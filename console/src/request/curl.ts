import type { ExactRequest } from './use-request';

/** Quotes a text for a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** JSON text for a call of `/enqueue` that sends this request again, with its exact payload. */
export function bodyOf({ request, payload }: ExactRequest): string {
  const { type, tags, maxAttempts } = request;
  const members = [
    `"type":${JSON.stringify(type)}`,
    `"payload":${payload}`,
    `"maxAttempts":${maxAttempts}`,
    ...(tags.length > 0 ? [`"tags":${JSON.stringify(tags)}`] : []),
  ];
  return `{${members.join(',')}}`;
}

/** A command that sends this request again. The reader fills in the token. */
export function curlOf(exact: ExactRequest): string {
  const url = new URL('enqueue', location.href.split('#')[0]).href;
  return [
    `curl ${quoted(url)}`,
    `-H "Authorization: Bearer $TURNWISE_TOKEN"`,
    `-H 'Content-Type: application/json'`,
    `-d ${quoted(bodyOf(exact))}`,
  ].join(' \\\n  ');
}
