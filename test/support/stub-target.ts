import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo, createServer as createTcpServer, Server, Socket } from 'node:net';

/** One HTTP call as it arrived. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A local server that records what it receives. `close` ends its connections too. */
export interface StubTarget {
  readonly url: string;
  readonly port: number;
  readonly calls: Call[];
  /** Connections so far, and those open now. */
  readonly connections: { total: number; open: number };
  /** Bytes written to all of its connections so far, including those that no client has read yet. */
  bytesWritten(): number;
  /** Resolves once all connections so far are closed. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** An HTTP target. `answer` is called when a call has arrived with its body. @param host the address to listen on */
export async function httpTarget(
  answer: (call: Call, response: ServerResponse, request: IncomingMessage) => void,
  host?: string,
): Promise<StubTarget> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const call = { method, path, headers, body: Buffer.concat(chunks) };
      calls.push(call);
      answer(call, response, request);
    });
  });
  return listening(server, calls, host);
}

/** A target that leaves its calls unanswered until `release`; from then on it answers at once. */
export interface HeldTarget extends StubTarget {
  release(): void;
}

export async function heldTarget(): Promise<HeldTarget> {
  const held: ServerResponse[] = [];
  let isHeld = true;
  const target = await httpTarget((_, response) => void (isHeld ? held.push(response) : response.end()));
  const release = () => {
    isHeld = false;
    for (const response of held) response.end();
  };
  return { ...target, release };
}

/** A TCP target. `talk` is called once per connection, when the first bytes have arrived. */
export const tcpTarget = (talk: (socket: Socket) => void): Promise<StubTarget> =>
  listening(
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => talk(socket));
    }),
    [],
  );

async function listening(server: Server, calls: Call[], host = '127.0.0.1'): Promise<StubTarget> {
  const connections = { total: 0, open: 0 };
  const ends: Promise<void>[] = [];
  const sockets = new Set<Socket>();
  let bytesOfEnded = 0;
  server.on('connection', (socket: Socket) => {
    connections.total += 1;
    connections.open += 1;
    sockets.add(socket);
    const end = new Promise<void>((resolve) => socket.once('close', () => resolve())).then(() => {
      connections.open -= 1;
      sockets.delete(socket);
      bytesOfEnded += socket.bytesWritten;
    });
    ends.push(end);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  const idle = () => Promise.all(ends).then(() => undefined);
  const bytesWritten = () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, bytesOfEnded);
  return { url: `http://127.0.0.1:${port}`, port, calls, connections, bytesWritten, idle, close };
}
