import type { Socket } from 'node:net';
import type { Redis } from 'ioredis';

/**
 * Sends all commands of one turn of the event loop with one write. ioredis writes each command by itself: the commands
 * of sixteen shards cost sixteen system calls here, and as many in Redis. A command waits at most until the end of the
 * turn, and the order stays.
 */
export function writeOnceATurn<T extends Redis>(client: T): T {
  return client.on('connect', () => {
    const { stream } = client as unknown as { stream: Socket };
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    const flush = () => stream.uncork();
    stream.write = (...args: unknown[]) => {
      if (stream.writableCorked === 0) {
        stream.cork();
        setImmediate(flush);
      }
      return write(...args);
    };
  });
}
