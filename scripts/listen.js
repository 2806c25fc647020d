// @ts-check
/** `npm run listen`: deliveries of a Turnwise on this machine, seen one by one and passed on to your own server. */
const { parseArgs } = require('node:util');
const { startForwarder } = require('./lib/forwarder');
const { LOOPBACK } = require('./lib/ports');

const USAGE = `npm run listen -- --forward http://localhost:3000/hook [--port 8086] [--secret whsec_...]

  --forward  where each delivery is passed on to, byte for byte; its answer is the delivery's
  --port     where deliveries are received (8086)
  --secret   a fixed secret for your desk: deliveries are signed by it anew before they are passed on, so that your
             server verifies them whatever account they come from. Without it signatures are passed on as they came,
             made by the secret of GET /webhooks/secret`;

/** @returns {{ forward: URL, port: number, secret?: string }} @throws Error with a sentence */
function options() {
  const { values } = parseArgs({
    options: {
      forward: { type: 'string' },
      port: { type: 'string', default: '8086' },
      secret: { type: 'string' },
    },
  });
  const { forward = '', secret } = values;
  const port = Number(values.port);
  if (!/^https?:/.test(forward) || !URL.canParse(forward))
    throw new Error('--forward must be an http:// URL.');
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('--port must be a port.');
  if (secret === undefined) return { forward: new URL(forward), port };
  if (!/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(secret))
    throw new Error('--secret must be whsec_ and the base64 of 24 bytes or more.');
  return { forward: new URL(forward), port, secret };
}

async function main() {
  const { forward, port, secret } = options();
  const print = (/** @type {string} */ line) =>
    console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`);
  const server = await startForwarder({ forward, port, print, ...(secret === undefined ? {} : { secret }) });
  const url = `http://${LOOPBACK}:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`;
  console.log(`Deliveries to ${url} are passed on to ${forward.href}. Ctrl-C stops it.

Let Turnwise reach this machine, and send something:
  HTTP_ALLOW_TARGETS=${LOOPBACK}/32 npm start
  {"type":"http","payload":{"url":"${url}","body":{"hello":"world"}}}
`);
}

main().catch((error) => {
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 1;
});
