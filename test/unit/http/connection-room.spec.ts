import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { Socket } from 'node:net';
import { boundConnections } from '../../../src/http/connection-room';

/** A connection without a network: a machine has one IPv6 address that a test can use. */
function connectionFrom(address: string, server: Server): Socket {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: address });
  server.emit('connection', socket);
  return socket;
}

it('closes a connection of the IPv6 network with most of them, from however many addresses', () => {
  const server = new EventEmitter() as Server;
  boundConnections(server, 52);
  const from = (address: string) => connectionFrom(address, server);
  const [first, second] = [from('2001:db8:0:1::1'), from('2001:db8:0:1::1')];
  const many = Array.from({ length: 50 }, (_, i) => from(`2001:db8:0:2::${i + 1}`));
  const latest = from('192.0.2.1');
  const closed = [first, second, ...many, latest].filter(({ destroyed }) => destroyed);
  expect(closed.map(({ remoteAddress }) => remoteAddress)).toEqual(['2001:db8:0:2::1']);
});
