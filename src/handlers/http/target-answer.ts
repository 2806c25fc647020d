import { isUtf8 } from 'node:buffer';

/** The answer of a target, as far as it is kept. It is not decompressed. */
export interface TargetAnswer {
  readonly status: number;
  /** By lower-case name. A name with several values has a list. */
  readonly headers: Record<string, string | string[]>;
  /** Text, or base64 if `bodyEncoding` says so. */
  readonly body: string;
  /** Present if the body is not valid UTF-8. */
  readonly bodyEncoding?: 'base64';
  /** Present if the answer was longer: the rest was not read, and the connection was closed. */
  readonly truncated?: true;
}

/**
 * The part of an answer that is kept.
 * @param rawHeaders names and values in turn
 * @param truncated whether the body was longer
 */
export function answerOf(
  status: number,
  rawHeaders: readonly string[],
  body: Buffer,
  truncated: boolean,
): TargetAnswer {
  return {
    status,
    headers: headersOf(rawHeaders),
    ...asText(truncated ? withoutHalfCharacter(body) : body),
    ...(truncated ? { truncated } : {}),
  };
}

const asText = (bytes: Buffer): Pick<TargetAnswer, 'body' | 'bodyEncoding'> =>
  isUtf8(bytes)
    ? { body: bytes.toString('utf8') }
    : { body: bytes.toString('base64'), bodyEncoding: 'base64' };

/** Text that was cut inside a character is still text: drops the bytes of that character. */
function withoutHalfCharacter(bytes: Buffer): Buffer {
  for (let end = bytes.length; end > bytes.length - 4 && end > 0; end -= 1) {
    const shorter = bytes.subarray(0, end);
    if (isUtf8(shorter)) return shorter;
  }
  return bytes;
}

/** Node's own `headers` would join values, and take a name like `constructor` for an earlier header. */
function headersOf(raw: readonly string[]): TargetAnswer['headers'] {
  const values = new Map<string, string[]>();
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toLowerCase();
    if (name !== '__proto__') values.set(name, [...(values.get(name) ?? []), raw[i + 1]!]);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0]! : all]));
}
