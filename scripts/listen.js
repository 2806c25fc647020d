// @ts-check
/** `npm run listen`: shows each delivery of a Turnwise on this machine, and can forward it to your own server. */
const { parseArgs } = require('node:util');
const { startForwarder } = require('./tools/forwarder');
const { LOOPBACK } = require('./lib/ports');

const USAGE = `npm run listen -- [--forward http://localhost:3000/hook [--secret whsec_...]] [--port 8086]

  --forward  forward each delivery to this URL, byte for byte, and return its answer. Without it, answer 200 and print the body
  --port     the port to receive deliveries on (8086)
  --secret   sign each forwarded delivery again with this secret, so that your server can verify deliveries of every account.
             Without it, signatures are forwarded unchanged: they are made with the secret of GET /webhooks/secret`;

/** @returns {{ forward?: URL, port: number, secret?: string }} @throws Error with a sentence */
function options() {
  const { values } = parseArgs({
    options: {
      forward: { type: 'string' },
      port: { type: 'string', default: '8086' },
      secret: { type: 'string' },
    },
  });
  const { forward, secret } = values;
  const port = Number(values.port);
  if (forward !== undefined && (!/^https?:/.test(forward) || !URL.canParse(forward)))
    throw new Error('--forward must be an http:// URL.');
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('--port must be a port.');
  const to = forward === undefined ? { port } : { forward: new URL(forward), port };
  if (secret === undefined) return to;
  if (!/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(secret))
    throw new Error('--secret must be whsec_ and the base64 of 24 bytes or more.');
  if (forward === undefined) throw new Error('--secret needs --forward.');
  return { ...to, secret };
}

async function main() {
  const wanted = options();
  const print = (/** @type {string} */ line) =>
    console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`);
  const server = await startForwarder({ ...wanted, print });
  const url = `http://${LOOPBACK}:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`;
  const what = wanted.forward ? `forwarded to ${wanted.forward.href}` : 'answered with 200 and shown here';
  console.log(`Deliveries to ${url} are ${what}. Ctrl-C stops it.

Allow Turnwise to reach this machine:
  HTTP_ALLOW_TARGETS=${LOOPBACK}/32 npm start
Then send a request:
  curl -s http://localhost:8085/enqueue -H "authorization: Bearer $(cat .turnwise/api-key)" \\
    -H 'content-type: application/json' -d '{"type":"http","payload":{"url":"${url}","body":{"hello":"world"}}}'
`);
}

main().catch((error) => {
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 1;
});
