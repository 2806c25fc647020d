// @ts-check
/** Required before the application. Redirects connections by WAYS (`from:to,...`): from one local port to another. */
const net = require('node:net');

const ways = new Map(
  (process.env.WAYS ?? '').split(',').map((way) => /** @type {[string, string]} */ (way.split(':'))),
);
const { createConnection } = net;
/** @param {any} options @param {any[]} rest */
const led = (options, ...rest) => {
  const to = typeof options === 'object' && ways.get(String(options.port));
  return createConnection(to ? { ...options, port: Number(to) } : options, ...rest);
};
Object.assign(net, { createConnection: led });
