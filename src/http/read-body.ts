import type { IncomingMessage } from 'node:http';
import { Problem } from '../common/errors/problem';
import { KeptBytes } from '../common/flow/kept-bytes';

/**
 * Reads the body of a call into one piece of memory. Fastify's own readers keep a list of chunks: a caller that sends a
 * megabyte byte by byte would take 250 MB.
 * @param limit bytes; the rest of a larger body is not read
 * @param done called once, with the bytes, or with a Problem or the connection's error
 */
export function readBody(
  payload: IncomingMessage,
  limit: number,
  done: (error: Error | null, body?: Buffer) => void,
): void {
  const tooLarge = () => done(new Problem('body_too_large', `The body is larger than ${limit} bytes.`));
  if (Number(payload.headers['content-length']) > limit) return tooLarge();
  const body = new KeptBytes(limit);
  const end = () => {
    payload.off('data', take).off('end', whole).off('error', broken);
  };
  const take = (chunk: Buffer) => {
    if (body.add(chunk)) return;
    end();
    tooLarge();
  };
  const whole = () => {
    end();
    done(null, body.bytes);
  };
  const broken = (error: Error) => {
    end();
    done(
      new Problem('bad_request', 'The connection ended before the whole body had arrived.', { cause: error }),
    );
  };
  payload.on('data', take).on('end', whole).on('error', broken);
}
