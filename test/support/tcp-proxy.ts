import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/** A way to a store that a test can cut, slow down, hold up, lead elsewhere and mend. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private open = true;
  private delayMs = 0;
  private losesReplies = false;

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private target: number,
  ) {}

  /** Passes connections on to a port of this machine. */
  static async start(target: number): Promise<TcpProxy> {
    const server = createServer((client) => proxy.pass(client)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new TcpProxy(server, (server.address() as AddressInfo).port, target);
    return proxy;
  }

  /** Breaks all connections, and refuses new ones until `mend`. */
  cut(): void {
    this.open = false;
    this.reset();
  }

  /** Breaks all connections; new ones are passed on. */
  reset(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Holds every piece back for so long. */
  slow(delayMs: number): void {
    this.delayMs = delayMs;
  }

  /** Passes calls on, and no answers: half-open, as when a network drops one direction. */
  loseReplies(): void {
    this.losesReplies = true;
  }

  /** Leads to another port from now on, and breaks what leads to the old one. */
  lead(target: number): void {
    this.target = target;
    this.reset();
  }

  mend(): void {
    const hasLost = this.losesReplies;
    Object.assign(this, { open: true, delayMs: 0, losesReplies: false });
    if (hasLost) this.reset(); // what was lost does not come any more
  }

  async stop(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private pass(client: Socket): void {
    if (!this.open) return void client.destroy();
    const store = connect(this.target, '127.0.0.1');
    for (const socket of [client, store]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        store.destroy();
        this.sockets.delete(socket);
      });
    }
    client.on('data', (piece: Buffer) => this.send(store, piece));
    store.on('data', (piece: Buffer) => (this.losesReplies ? undefined : this.send(client, piece)));
  }

  /** In order: pieces that come while others are held back have the same wait. */
  private send(to: Socket, piece: Buffer): void {
    if (this.delayMs === 0) to.write(piece);
    else setTimeout(() => (to.destroyed ? undefined : to.write(piece)), this.delayMs);
  }
}
