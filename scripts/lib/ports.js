// @ts-check
const { createConnection, createServer } = require('node:net');

const LOOPBACK = '127.0.0.1';

/**
 * The port if nothing listens on it, else undefined.
 * @param {number} port 0: any free one
 * @param {string} [host]
 * @returns {Promise<number | undefined>}
 */
function freePort(port = 0, host = LOOPBACK) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(port, host, () => {
      const { port: bound } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(bound));
    });
  });
}

/**
 * The preferred port if it is free, else any.
 * @param {number} [preferred]
 * @returns {Promise<number>}
 */
async function choosePort(preferred = 0) {
  const port = (await freePort(preferred)) ?? (await freePort());
  if (port === undefined) throw new Error('There is no free port on this machine.');
  return port;
}

/**
 * Whether something on this machine accepts connections on the port.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isListening(port) {
  return new Promise((resolve) => {
    const socket = createConnection(port, LOOPBACK);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

module.exports = { LOOPBACK, choosePort, freePort, isListening };
