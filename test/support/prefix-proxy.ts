import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PrefixProxy {
  /** The URL with the prefix and a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** A reverse proxy that serves the service below a path prefix and answers 404 elsewhere, as nginx does. */
export async function startPrefixProxy(prefix: string, target: string): Promise<PrefixProxy> {
  const server = createServer((call, answer) => {
    if (!call.url?.startsWith(prefix)) {
      answer.writeHead(404).end();
      return;
    }
    const { hostname, port } = new URL(target);
    const path = `/${call.url.slice(prefix.length)}`;
    const onward = request(
      { hostname, port, path, method: call.method, headers: call.headers },
      (answered) => {
        answer.writeHead(answered.statusCode!, answered.headers);
        answered.pipe(answer);
      },
    );
    call.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`, close };
}
