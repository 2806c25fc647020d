import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

interface Connection extends EventEmitter {
  /** Why the connection is closed. Set once the driver has noticed. */
  readonly error: Error | null;
  writeCommand: (this: Connection, command: unknown, options: unknown) => Promise<void>;
}

/**
 * The driver notices a closed socket slightly late (still so in 7.9). A call on such a connection in between would wait
 * forever for that socket to drain, whatever its timeouts. All outcomes of a worker would wait behind one such write,
 * and a recovery behind one such read. (P3, P5) This patch makes the call fail when the driver notices, like any call
 * on a broken connection. Importing this file patches every connection of the process.
 */
const { Connection } = createRequire(__filename)('mongodb/lib/cmap/connection') as {
  Connection: { readonly CLOSE: string; readonly prototype: Connection };
};
const write = Connection.prototype.writeCommand;
Connection.prototype.writeCommand = function (this: Connection, command, options) {
  return new Promise((resolve, reject) => {
    const whenTold = () => reject(this.error ?? new Error('the connection is closed'));
    this.once(Connection.CLOSE, whenTold);
    void write
      .call(this, command, options)
      .then(resolve, reject)
      .finally(() => this.off(Connection.CLOSE, whenTold));
  });
};
