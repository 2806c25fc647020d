// @ts-check
/** One engine, one round, in a process and on a Redis of its own: prints its figures as one line of JSON. */
const { openBull } = require('./bull');
const { openGroupmq } = require('./groupmq');
const { Meter } = require('./meter');
const { openTurnwise } = require('./turnwise');
const { Workload } = require('./workload');

/** @typedef {{ engine: 'turnwise' | 'groupmq' | 'bull', dist: string, port: number, users: number, jobs: number, concurrency: number, shards: number }} Round */
/** @typedef {{ accept: import('./meter').Figures, process: import('./meter').Figures }} RoundFigures */

/** @param {Round} round */
async function main(round) {
  await pass(round); // warms up the compiler before the measurement
  console.log(JSON.stringify(await pass(round)));
}

/**
 * @param {Round} round
 * @returns {Promise<RoundFigures>}
 */
async function pass({ engine: name, dist, port, users, jobs, concurrency, shards }) {
  const workload = new Workload(users, jobs);
  const meter = new Meter(port);
  await meter.redis.flushall();
  const engine = await {
    turnwise: () => openTurnwise({ dist, port, concurrency, shards }),
    groupmq: () => openGroupmq({ port, concurrency }),
    bull: () => openBull({ port, users: workload.users }),
  }[name]();
  const accept = await meter.measure(workload.total, () => workload.acceptAll(engine));
  const process = await meter.measure(workload.total, () => workload.processAll(engine));
  await engine.close();
  meter.close();
  return { accept, process };
}

void main(JSON.parse(process.argv[2] ?? '')).then(() => process.exit(0));
