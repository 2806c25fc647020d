import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4 } from 'node:net';

/** Addresses; empty: the name does not exist; undefined: the server does not answer. */
export type NameAnswer = readonly string[] | undefined;

/** A DNS server on this machine. It knows IPv4 only: it answers that a name has no IPv6 addresses. */
export interface NameServer {
  /** Address and port, as `127.0.0.1:53`. */
  readonly address: string;
  /** The names that it was asked for, each once. */
  readonly asked: Set<string>;
  close(): Promise<void>;
}

const NO_SUCH_NAME = 3;
const TYPE_A = 1;

export async function nameServer(answerOf: (name: string) => NameAnswer): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked = new Set<string>();
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = questionOf(query);
    asked.add(name);
    const found = answerOf(name);
    if (found === undefined) return;
    const records = type === TYPE_A ? found.filter(isIPv4).map(recordOf) : [];
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2); // the query's ID
    header.writeUInt16BE(0x8180 | (found.length === 0 ? NO_SUCH_NAME : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    socket.send(Buffer.concat([header, query.subarray(12, end), ...records]), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  const close = () => new Promise<void>((resolve) => socket.close(() => resolve()));
  return { address: `127.0.0.1:${port}`, asked, close };
}

/** RFC 1035, 4.1.2. @param end where the question ends in the message */
function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** An address record of the name that was asked for, with a TTL of 0. */
const recordOf = (address: string) =>
  Buffer.from([0xc0, 12, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]);
