import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Closes the answers that wait behind another one when their connection ends. A client may send calls without waiting for the
 * answers (pipelining): they are served at once, and answered in turn. Node tells only the answer that is being sent of the end
 * of its connection: the file or the stream of events behind it would stay open for as long as the process lives, and its call would have
 * no line in the log. (P5)
 */
export function closeQueuedAnswers(fastify: FastifyInstance): void {
  const queued = new WeakMap<Socket, Set<ServerResponse>>();
  fastify.addHook('onRequest', ({ raw: { socket } }, { raw: answer }, done) => {
    if (answer.socket === null) {
      const behind = queued.get(socket) ?? new Set();
      if (!queued.has(socket)) socket.once('close', () => behind.forEach(close));
      queued.set(socket, behind.add(answer));
      answer.once('close', () => behind.delete(answer));
    }
    done();
  });
}

/** As Node closes the answer that is being sent, which has a socket and is left to it. */
function close(answer: ServerResponse): void {
  if (answer.socket !== null) return;
  answer.destroy();
  Object.assign(answer, { _closed: true }); // what a file that is opened only now looks at
  answer.emit('close');
}
