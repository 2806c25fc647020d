// @ts-check
/** The yardstick: a loop that does nothing but deliver. Arguments: url, calls, concurrency, body. */
const { Agent, request } = require('undici');

const [url = '', calls = '', concurrency = '', body = ''] = process.argv.slice(2);

async function main() {
  const dispatcher = new Agent();
  const cpu = process.cpuUsage();
  let next = 0;
  await Promise.all(
    Array.from({ length: Number(concurrency) }, async () => {
      while (next < Number(calls)) {
        const headers = { 'content-type': 'application/json', 'idempotency-key': `plain-${(next += 1)}` };
        const answer = await request(url, { method: 'POST', headers, body, dispatcher });
        await answer.body.text();
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  process.send?.({ cpuUs: user + system });
  await dispatcher.close();
  process.disconnect();
}

void main();
