import { createServer } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';

/** A proxy that makes tunnels (CONNECT), and records what it was asked for. */
export interface ConnectProxy {
  readonly url: string;
  /** The targets that it was asked for, with the credentials of each call, in order. */
  readonly asked: { readonly authority: string; readonly credentials: string | undefined }[];
  close(): Promise<void>;
}

/** @param refusal the status to answer instead of making a tunnel */
export async function connectProxy(refusal?: number): Promise<ConnectProxy> {
  const asked: ConnectProxy['asked'] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('connect', ({ url = '', headers }, socket) => {
    asked.push({ authority: url, credentials: headers['proxy-authorization'] });
    if (refusal !== undefined) return void socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
    const colon = url.lastIndexOf(':');
    const target = connect(Number(url.slice(colon + 1)), url.slice(0, colon).replace(/[[\]]/g, ''));
    sockets.add(target);
    target.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    for (const end of [target, socket])
      end.on('error', () => [target, socket].forEach((each) => each.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close };
}
