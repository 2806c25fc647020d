import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/**
 * What the proxy does with traffic. `silent`: nothing passes, connections stay open and new ones are accepted
 * (half-open). `mute`: what clients send arrives, and what the store replies is lost. `slow`: everything arrives later.
 */
type Manner = 'open' | 'cut' | 'silent' | 'mute' | 'slow';

/** A proxy in front of a store. A test can cut, repair, slow down, silence or redirect it. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private manner: Manner = 'open';
  private delayMs = 0;
  private awaited: { matches: (asked: Buffer) => boolean; act: (...sockets: Socket[]) => void } | undefined;
  /** Connections through which nothing passes any longer. */
  private readonly lost = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private target: number,
  ) {}

  /** Forwards connections to a port of this machine. */
  static async start(target: number): Promise<TcpProxy> {
    const server = createServer((client) => proxy.pass(client)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new TcpProxy(server, (server.address() as AddressInfo).port, target);
    return proxy;
  }

  /** Breaks all connections, and refuses new ones until `mend`. */
  cut(): void {
    this.manner = 'cut';
    this.reset();
  }

  /** Lets nothing through, and keeps the connections open. */
  silence(): void {
    this.manner = 'silent';
  }

  /** Calls `act` when a client first sends matching bytes, just before they are forwarded. */
  when(matches: (asked: Buffer) => boolean, act: () => void): void {
    this.awaited = { matches, act };
  }

  /** Silences one connection, without closing it: the first over which a client sends matching bytes. */
  loseOne(matches: (asked: Buffer) => boolean): void {
    const act = (...sockets: Socket[]) => sockets.forEach((socket) => this.lost.add(socket));
    this.awaited = { matches, act };
  }

  /** Whether `loseOne` has silenced its connection. */
  get hasLostOne(): boolean {
    return this.lost.size > 0;
  }

  /** Drops all replies; what clients send still arrives. */
  mute(): void {
    this.manner = 'mute';
  }

  /** @param ms delay of all traffic in each direction */
  slow(ms: number): void {
    this.delayMs = ms;
    this.manner = 'slow';
  }

  /** Breaks all connections; new ones are accepted at once. */
  reset(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Forwards again; connections that have lost traffic are broken. */
  mend(): void {
    if (this.manner !== 'open') this.reset();
    this.manner = 'open';
  }

  /** Breaks all connections, and forwards new ones to another port. */
  leadTo(target: number): void {
    this.target = target;
    this.reset();
  }

  async stop(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private pass(client: Socket): void {
    if (this.manner === 'cut') return void client.destroy();
    const store = connect(this.target, '127.0.0.1');
    for (const socket of [client, store]) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        store.destroy();
        this.sockets.delete(socket);
      });
    }
    client.on('data', (chunk) => this.forward(chunk, client, store, true));
    store.on('data', (chunk) => this.forward(chunk, store, client, false));
  }

  private forward(chunk: Buffer, from: Socket, to: Socket, isAsked: boolean): void {
    if (isAsked && this.awaited?.matches(chunk)) {
      const { act } = this.awaited;
      this.awaited = undefined;
      act(from, to);
    }
    if (this.lost.has(from) || from.destroyed) return;
    if (this.manner === 'silent' || (this.manner === 'mute' && !isAsked)) return;
    if (this.manner === 'slow') return void setTimeout(() => to.write(chunk), this.delayMs);
    if (to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  }
}
