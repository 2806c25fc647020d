// @ts-check
/**
 * One engine, one scene, in its own process and on its own Redis: users with backlogs keep every slot busy, and
 * newcomers with one request each arrive. Prints how long they waited as one line of JSON.
 */
const { setTimeout: sleep } = require('node:timers/promises');
const { openBull } = require('../engine/bull');
const { openGroupmq } = require('../engine/groupmq');
const { openTurnwise } = require('../engine/turnwise');
const { dataOf } = require('../engine/workload');

/**
 * @typedef {{ slots: number, users: number, backlog: number, workMs: number, newcomers: number, everyMs: number }} Scene
 * @typedef {{ engine: 'turnwise' | 'groupmq' | 'bull', dist: string, port: number, shards: number, scene: Scene }} Round
 * @typedef {{ starts: number[], ms: number[], perSecond: number }} Waits of each newcomer: requests of others that were
 *   started first, and the time to its start
 */

/** Users who send at once. */
const SENDERS = 500;
/** How long the backlogs run alone before the first newcomer, ms. */
const ALONE_MS = 500;
/** A newcomer who has not started after this time counts as started then, ms. */
const LIMIT_MS = 40_000;

/** @param {Round} round */
async function main({ engine: name, dist, port, shards, scene }) {
  const heavy = Array.from({ length: scene.users }, (_, i) => `user-${i}`);
  const newcomers = Array.from({ length: scene.newcomers }, (_, i) => `newcomer-${i}`);
  const engine = await {
    turnwise: () => openTurnwise({ dist, port, concurrency: scene.slots, shards }),
    groupmq: () => openGroupmq({ port, concurrency: scene.slots }),
    bull: () => openBull({ port, users: [...heavy, ...newcomers] }),
  }[name]();
  await sendBacklogs(engine, heavy, scene.backlog);

  let started = 0;
  /** @type {Map<string, { starts: number, at: number }>} */
  const arrived = new Map();
  /** @type {Waits} */
  const waits = { starts: [], ms: [], perSecond: 0 };
  let allStarted = () => {};
  const all = new Promise((resolve) => (allStarted = () => resolve(undefined)));
  /** @param {string} user */
  const start = (user) => {
    const came = arrived.get(user);
    if (came) {
      waits.starts.push(started - came.starts);
      waits.ms.push(performance.now() - came.at);
      arrived.delete(user);
      if (waits.starts.length === newcomers.length) allStarted();
    }
    started += 1;
  };
  const from = performance.now();
  engine.process(async ({ user }) => {
    start(user);
    await sleep(scene.workMs);
  });
  await sleep(ALONE_MS);
  for (const user of newcomers) {
    arrived.set(user, { starts: started, at: performance.now() });
    await engine.accept(user, dataOf(user, 0));
    await sleep(scene.everyMs);
  }
  await Promise.race([all, sleep(LIMIT_MS)]);
  waits.perSecond = started / ((performance.now() - from) / 1000);
  for (const user of [...arrived.keys()]) start(user);
  console.log(JSON.stringify(waits));
}

/**
 * @param {import('../engine/workload').Engine} engine
 * @param {readonly string[]} users
 * @param {number} backlog requests of each
 */
async function sendBacklogs(engine, users, backlog) {
  let next = 0;
  const send = async () => {
    for (let user = users[next++]; user !== undefined; user = users[next++])
      for (let index = 0; index < backlog; index++) await engine.accept(user, dataOf(user, index));
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  await engine.accepted?.();
}

void main(JSON.parse(process.argv[2] ?? '')).then(() => process.exit(0));
