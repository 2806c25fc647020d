// @ts-check
/** `npm run capacity -- --users 1e6 --per-second 5000`: the nodes that a load takes, and what breaks first (docs/scaling.md). */
const { parseArgs } = require('node:util');
const { planOf } = require('./tools/capacity');

const DEFAULTS = Object.freeze({
  users: '1e6',
  'per-second': '1000',
  depth: '1',
  payload: '200',
  'handler-ms': '100',
  'retention-days': '30',
  concurrency: '32',
  shards: '16',
  'redis-gb': '8',
  'mongo-cores': '8',
});

/** @param {string} name @param {string | undefined} text @returns {number} @throws with a sentence if it is no number above 0 */
function numberOf(name, text) {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new Error(`--${name} must be a number above 0.`);
  return value;
}

/** @param {number} bytes */
const shown = (bytes) =>
  bytes >= 1e12 ? `${(bytes / 1e12).toFixed(1)} TB` : `${(bytes / 1e9).toFixed(1)} GB`;

function main() {
  const options = Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, text]) => [
      name,
      { type: /** @type {const} */ ('string'), default: text },
    ]),
  );
  const { values } = parseArgs({ options });
  const of = (/** @type {keyof typeof DEFAULTS} */ name) =>
    numberOf(name, /** @type {string | undefined} */ (values[name]));
  const load = {
    users: of('users'),
    perSecond: of('per-second'),
    depth: of('depth'),
    payload: of('payload'),
    handlerMs: of('handler-ms'),
    retentionDays: of('retention-days'),
    concurrency: of('concurrency'),
    shards: of('shards'),
    redisGb: of('redis-gb'),
    mongoCores: of('mongo-cores'),
  };
  const plan = planOf(load);
  console.log(
    `${load.users.toLocaleString('en')} users with ${load.depth} pending each, ` +
      `${load.perSecond.toLocaleString('en')} requests a second of ${load.payload} bytes and ${load.handlerMs} ms:\n`,
  );
  console.table({
    'API processes, a core each': { needed: plan.api },
    'workers, a core each': { needed: plan.workers },
    'slots in all': { needed: plan.slots },
    'Redis nodes': { needed: plan.redisNodes },
    'memory of Redis in all': { needed: shown(plan.redisBytes) },
    [`MongoDB sets of three, ${load.mongoCores} cores a member`]: { needed: plan.mongoSets },
    [`disk of a member, ${load.retentionDays} days`]: { needed: shown(plan.diskBytes) },
    'closed after a loss of all of Redis, plus 8 s': { needed: `${Math.ceil(plan.rebuildSeconds)} s` },
  });
  console.log('\nWhat breaks first as the load grows, and the next step:');
  console.table(
    plan.limits.map(({ node, perSecond, next }) => ({
      node,
      'carries a second': Math.round(perSecond),
      next,
    })),
  );
  if (plan.shards > load.shards && plan.shards < Infinity)
    console.log(
      `QUEUE_SHARDS must be ${plan.shards}: ${load.shards} do not spread evenly enough over the nodes.`,
    );
  if (plan.mongoSets > 1)
    console.log(
      'One MongoDB set cannot carry this load: use several installations, and divide the users between them.',
    );
  if (plan.shards === Infinity)
    console.log(
      'One Redis Cluster cannot carry this load: use several installations, and divide the users between them.',
    );
}

try {
  main();
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
