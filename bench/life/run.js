// @ts-check
/**
 * `npm run bench:life`: whole lives of requests, from `POST /enqueue` to the recorded outcome: how many a second, what each
 * costs in every process, and how long a request waits for its start at half that load. See ../README.md.
 */
const { fork } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { parseArgs } = require('node:util');
const { main } = require('../../scripts/tools/main');
const { quantile } = require('../lib/figures');
const { Installation } = require('../lib/installation');

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '64' },
    seconds: { type: 'string', default: '10' },
    users: { type: 'string', default: '60' },
    rate: { type: 'string' },
  },
});
const BODY = JSON.stringify({ type: 'echo', payload: { documentId: 'doc-4b1f0c9e77aa', format: 'pdf' } });
const WARM_UP_SECONDS = 5;

/** @param {Installation} installation */
const untilServed = async ({ requests }) => {
  while ((await requests.findOne({ pending: true }, { projection: { _id: 1 } })) !== null) await sleep(20);
};

/** @param {import('../../scripts/lib/run').Run} run */
async function bench(run) {
  const load = fork(join(__dirname, '../accept/load.js'));
  try {
    const installation = await Installation.start(run, Number(values.users));
    const port = Number(new URL(installation.url).port);
    const under = async (/** @type {number} */ connections, /** @type {number} */ seconds, pause = 0) => {
      load.send({ port, connections, seconds, tokens: installation.tokens, body: BODY, pause });
      const [outcome] = /** @type {[import('../accept/load').Outcome]} */ (await once(load, 'message'));
      if (outcome.failed > 0) throw new Error(`${outcome.failed} calls were not accepted`);
      return outcome;
    };
    await under(Number(values.connections), WARM_UP_SECONDS);
    await untilServed(installation);

    let lives = 0;
    const full = await installation.during(async () => {
      lives = (await under(Number(values.connections), Number(values.seconds))).calls;
      await untilServed(installation);
    });
    const perSecond = lives / full.seconds;
    const each = (/** @type {number} */ used) => (used / lives).toFixed(0).padStart(6);
    console.log(`${perSecond.toFixed(0)} lives a second, at ${values.connections} connections`);
    console.log('| us of a life |    api | worker | mongod |  redis |');
    console.log('| ------------ | -----: | -----: | -----: | -----: |');
    console.log(
      `|              | ${[full.api, full.worker, full.mongod, full.redis].map(each).join(' | ')} |`,
    );
    console.log(
      `messages a life: ${(full.toRedis / lives).toFixed(2)} to Redis, ${(full.toMongo / lives).toFixed(2)} to MongoDB`,
    );

    const rate = Number(values.rate ?? perSecond / 2);
    const since = new Date();
    const connections = 16;
    const { p50, p99 } = await under(connections, Number(values.seconds), (connections / rate) * 1000);
    await untilServed(installation);
    const ended = await installation.requests
      .find({ createdAt: { $gte: since } }, { projection: { createdAt: 1, startedAt: 1 } })
      .toArray();
    const waits = ended.map(({ createdAt, startedAt }) => startedAt - createdAt);
    console.log(
      `at ${rate.toFixed(0)} a second: accept ${p50.toFixed(1)} / ${p99.toFixed(1)} ms, from accept to start ` +
        `${quantile(waits, 0.5)} / ${quantile(waits, 0.99)} ms (p50 / p99)`,
    );
    await installation.close();
  } finally {
    load.disconnect();
  }
}

void main(bench);
