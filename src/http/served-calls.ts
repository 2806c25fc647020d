import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const served = new WeakMap<Socket, Set<IncomingMessage>>();

/** How many calls are being served on a connection. */
export const servedCalls = (socket: Socket): number => served.get(socket)?.size ?? 0;

/** Whether a connection waits for its client: it serves no call, or none that has arrived with its whole body. */
export function waitsForClient(socket: Socket): boolean {
  for (const { complete } of served.get(socket) ?? []) if (complete) return false;
  return true;
}

/** Keeps count of the calls of each connection. */
export function countServedCalls(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ raw }, reply, done) => {
    const calls = served.get(raw.socket) ?? new Set();
    served.set(raw.socket, calls.add(raw));
    reply.raw.once('close', () => calls.delete(raw));
    done();
  });
}
