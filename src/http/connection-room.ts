import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { clientNetwork } from '../common/flow/client-network';
import { waitsForClient } from './served-calls';

/** Open connections by the network of their client, oldest first. */
class OpenConnections {
  private readonly byNetwork = new Map<string, Set<Socket>>();
  size = 0;

  add(socket: Socket): void {
    const network = clientNetwork(socket.remoteAddress ?? '');
    const own = this.byNetwork.get(network) ?? new Set();
    this.byNetwork.set(network, own.add(socket));
    this.size += 1;
    socket.once('close', () => {
      this.size -= 1;
      own.delete(socket);
      if (own.size === 0 && this.byNetwork.get(network) === own) this.byNetwork.delete(network);
    });
  }

  /** The one that has been open longest of those that wait for their clients, of the network that has most open. */
  idle(): Socket | undefined {
    let found: { readonly socket: Socket; readonly of: number } | undefined;
    for (const own of this.byNetwork.values()) {
      if (own.size <= (found?.of ?? 0)) continue;
      const socket = firstIdle(own);
      if (socket !== undefined) found = { socket, of: own.size };
    }
    return found?.socket;
  }
}

function firstIdle(sockets: Iterable<Socket>): Socket | undefined {
  for (const socket of sockets) if (!socket.destroyed && waitsForClient(socket)) return socket;
  return undefined;
}

/**
 * Limits the connections of a process, so that opening them does not block others: above the limit a connection that waits for its
 * client, between two calls or for the rest of one, makes room for the new one, first of the network that has most. If all serve
 * calls, the new one is closed. (P5)
 */
export function boundConnections(server: Server, most: number): void {
  const open = new OpenConnections();
  server.on('connection', (socket: Socket) => {
    if (open.size >= most) {
      const idle = open.idle();
      (idle ?? socket).destroy();
      if (idle === undefined) return;
    }
    open.add(socket);
  });
}
