import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

interface Connection extends EventEmitter {
  /** Why it is closed, once the driver has been told. */
  readonly error: Error | null;
  writeCommand: (this: Connection, command: unknown, options: unknown) => Promise<void>;
}

/**
 * The driver (7.9 too) is told of a closed socket a moment after it is. A call on such a connection in between would wait
 * for that socket to drain, for good and whatever its timeouts say; and behind one write that never ends wait all outcomes
 * of a worker, behind one read a recovery. (P3, P5) Here it fails when the driver is told, like any call of a connection
 * that breaks. Whoever imports this has it for every connection of the process.
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
