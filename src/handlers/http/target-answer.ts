import { isUtf8 } from 'node:buffer';
import type { Dispatcher } from 'undici';

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

/** Reads at most `limit` bytes of an answer's body. */
export async function readAnswer(response: Dispatcher.ResponseData, limit: number): Promise<TargetAnswer> {
  const { statusCode: status, headers, body } = response;
  body.on('error', () => undefined); // closing it early is an error to the stream, not to us
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) break; // closes the connection
  }
  const truncated = size > limit;
  const kept = Buffer.concat(chunks).subarray(0, limit);
  return {
    status,
    headers: keptHeaders(headers),
    ...asText(truncated ? withoutHalfCharacter(kept) : kept),
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

const keptHeaders = (headers: Dispatcher.ResponseData['headers']): TargetAnswer['headers'] =>
  Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string | string[]] => entry[0] !== '__proto__' && entry[1] !== undefined,
    ),
  );
