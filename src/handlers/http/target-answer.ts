import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';

/** What a target has answered, as far as it is kept. It is not decompressed. */
export interface TargetAnswer {
  readonly status: number;
  /** By lower-case name; several values of a name in a list. */
  readonly headers: Record<string, string | string[]>;
  /** Text, or base64 if `bodyEncoding` says so. */
  readonly body: string;
  /** Present if the body is not valid UTF-8. */
  readonly bodyEncoding?: 'base64';
  /** Present if the answer went on: the rest was not read, and the connection was closed. */
  readonly truncated?: true;
}

/** What is kept of an answer. @param truncated the body went on */
export function answerOf(
  status: number,
  headers: IncomingHttpHeaders,
  body: Buffer,
  truncated: boolean,
): TargetAnswer {
  return {
    status,
    headers: keptHeaders(headers),
    ...asText(truncated ? withoutHalfCharacter(body) : body),
    ...(truncated ? { truncated } : {}),
  };
}

const asText = (bytes: Buffer): Pick<TargetAnswer, 'body' | 'bodyEncoding'> =>
  isUtf8(bytes)
    ? { body: bytes.toString('utf8') }
    : { body: bytes.toString('base64'), bodyEncoding: 'base64' };

/** Text that was cut inside a character is still text: without the bytes of that character. */
function withoutHalfCharacter(bytes: Buffer): Buffer {
  for (let end = bytes.length; end > bytes.length - 4 && end > 0; end -= 1) {
    const shorter = bytes.subarray(0, end);
    if (isUtf8(shorter)) return shorter;
  }
  return bytes;
}

const keptHeaders = (headers: IncomingHttpHeaders): TargetAnswer['headers'] =>
  Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string | string[]] => entry[0] !== '__proto__' && entry[1] !== undefined,
    ),
  );
