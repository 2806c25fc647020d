// @ts-check
/**
 * `npm run bench:idle`: the cost of an idle installation, and of a single request in it.
 * See ../README.md.
 */
const { setTimeout: sleep } = require('node:timers/promises');
const { parseArgs } = require('node:util');
const { main } = require('../../scripts/tools/main');
const { Installation } = require('../lib/installation');

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '30' }, lone: { type: 'string', default: '30' } },
});
const PROCESSES = /** @type {const} */ (['api', 'worker', 'mongod', 'redis']);
/** Waits until the processes have finished their work after a start. */
const SETTLE_MS = 30_000;

/** @param {import('../../scripts/lib/run').Run} run */
async function bench(run) {
  const installation = await Installation.start(run, 1);
  await sleep(SETTLE_MS);
  const before = PROCESSES.map((name) => installation.wakeUps(name));
  const idle = await installation.during(() => sleep(Number(values.seconds) * 1000));
  const woken = PROCESSES.map((name, i) => installation.wakeUps(name) - (before[i] ?? 0));
  const lone = await installation.during(() => loneRequests(installation, Number(values.lone)));
  console.log('| process | % of a core, idle | woken a second, idle | CPU ms of a lone request |');
  console.log('| ------- | ----------------: | -------------------: | -----------------------: |');
  for (const [i, name] of PROCESSES.entries()) {
    const wakes = (woken[i] ?? 0) / idle.seconds;
    const percent = idle[name] / idle.seconds / 10_000;
    const ms = (lone[name] - (idle[name] / idle.seconds) * lone.seconds) / Number(values.lone) / 1000;
    console.log(
      `| ${name.padEnd(7)} | ${percent.toFixed(1).padStart(17)} | ${wakes.toFixed(0).padStart(20)} | ${ms.toFixed(1).padStart(24)} |`,
    );
  }
  const added = (/** @type {'toRedis' | 'toMongo'} */ store) =>
    (lone[store] - (idle[store] / idle.seconds) * lone.seconds) / Number(values.lone);
  const shown = (/** @type {number} */ toRedis, /** @type {number} */ toMongo) =>
    `${toRedis.toFixed(1)} to Redis, ${toMongo.toFixed(1)} to MongoDB`;
  console.log(`messages a second, idle: ${shown(idle.toRedis / idle.seconds, idle.toMongo / idle.seconds)}`);
  console.log(`messages of a lone request: ${shown(added('toRedis'), added('toMongo'))}`);
  await installation.close();
}

/** One a second, each of which ends before the next. @param {Installation} installation @param {number} count */
async function loneRequests({ url, tokens: [token] }, count) {
  for (let i = 0; i < count; i += 1) {
    const answer = await fetch(`${url}/enqueue`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ type: 'echo', payload: { i } }),
    });
    if (answer.status !== 202) throw new Error(`a request was answered ${answer.status}`);
    await answer.text();
    await sleep(1000);
  }
}

void main(bench);
