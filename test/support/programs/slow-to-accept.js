// @ts-check
/**
 * A target that takes up to two connections before it accepts them: while it is stopped, a third is made once it goes on. It writes
 * its port, answers each request with 200, and ends with its parent.
 */
const { createServer } = require('node:net');

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.once('data', () => socket.end(ANSWER));
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  process.send?.(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
});
process.once('disconnect', () => process.exit());
