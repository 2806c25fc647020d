// @ts-check
/** The target of all measurements, in its own process: answers 200 at once, and records when each call arrived. */
const { createServer } = require('node:http');

/** When a call's first byte was read, in ms since 1970, by its key. @type {Map<string, number>} */
let arrivals = new Map();
/** @type {{ n: number } | undefined} */
let expected;

const now = () => performance.timeOrigin + performance.now();

const server = createServer((request, response) => {
  arrivals.set(String(request.headers['idempotency-key']), now());
  request.resume();
  request.on('end', () => {
    response.end('ok');
    report();
  });
});

function report() {
  if (expected === undefined || arrivals.size < expected.n) return;
  process.send?.({ arrivals: [...arrivals] });
  expected = undefined;
}

process.on('message', (/** @type {{ n: number }} */ message) => {
  arrivals = new Map();
  expected = message;
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  process.send?.({ url: `http://127.0.0.1:${port}/` });
});
