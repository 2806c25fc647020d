// @ts-check
/**
 * The minimum cost of a job's writes in Bull's layout: scripts that only write, and check nothing. No gate, no depth, no
 * fencing, no schedule; the client's time does not count. Everything that keeps the promises comes on top. Prints one line
 * of JSON.
 */
const { randomUUID } = require('node:crypto');
const { Meter } = require('./meter');
const { dataOf } = require('./workload');

const TAG = '{tw0}';

/** Only puts a job into its user's wait list. Items: user, id, data, opts, ms, seq, held until. */
const HOLD = `
for i = 1, #ARGV, 7 do
  local queue = '${TAG}:' .. ARGV[i] .. ':'
  redis.call('HSET', queue .. ARGV[i + 1], 'name', 'bench', 'data', ARGV[i + 2], 'opts', ARGV[i + 3], 'timestamp',
    ARGV[i + 4], 'delay', '0', 'seq', ARGV[i + 5], 'held', ARGV[i + 6])
  redis.call('LPUSH', queue .. 'wait', ARGV[i + 1])
end`;

/** Items: user, id. */
const CONFIRM = `
for i = 1, #ARGV, 2 do redis.call('HDEL', '${TAG}:' .. ARGV[i] .. ':' .. ARGV[i + 1], 'held') end`;

/** Removes one job; reads, leases and returns the user's next one. Items: user, id. */
const TURN = `
local jobs = {}
for i = 1, #ARGV, 2 do
  local user, queue = ARGV[i], '${TAG}:' .. ARGV[i] .. ':'
  redis.call('DEL', queue .. 'active', queue .. ARGV[i + 1])
  local id = redis.call('RPOPLPUSH', queue .. 'wait', queue .. 'active')
  if id then
    jobs[#jobs + 1] = redis.call('HMGET', queue .. id, 'seq', 'held', 'check', 'attemptsMade', 'name', 'data', 'opts',
      'timestamp')
    redis.call('ZADD', '${TAG}:leases', 1, user)
    redis.call('HSET', '${TAG}:owners', user, '1 worker')
    redis.call('HSET', queue .. id, 'processedOn', '1764000000000', 'worker', 'worker')
  end
end
return jobs`;

const OPTS = JSON.stringify({ attempts: 3, backoff: { type: 'exponential', delay: 1000 }, timeout: 30_000 });
/** Calls that run at once. */
const IN_FLIGHT = 4;

/** @param {{ port: number, users: number, jobs: number, batch: number }} options */
async function main({ port, users, jobs, batch }) {
  const meter = new Meter(port);
  const items = Array.from({ length: users * jobs }, (_, i) => {
    const user = `user-${i % users}`;
    return { user, id: randomUUID(), data: JSON.stringify(dataOf(user, Math.floor(i / users))) };
  });
  const batches = Array.from({ length: Math.ceil(items.length / batch) }, (_, i) =>
    items.slice(i * batch, (i + 1) * batch),
  );
  /** @param {string} script @param {(item: { user: string, id: string, data: string }) => string[]} argumentsOf */
  const run = async (script, argumentsOf) => {
    const sha = String(await meter.redis.script('LOAD', script));
    const calls = batches.map((each) => each.flatMap(argumentsOf));
    const { redisUs } = await meter.measure(items.length, async () => {
      let next = 0;
      const call = async () => {
        for (let args = calls[next++]; args; args = calls[next++]) await meter.redis.evalsha(sha, 0, ...args);
      };
      await Promise.all(Array.from({ length: IN_FLIGHT }, call));
    });
    return redisUs;
  };
  const seq = '1764000000000000';
  const hold = await run(HOLD, ({ user, id, data }) => [user, id, data, OPTS, '1764000000000', seq, '5000']);
  const confirm = await run(CONFIRM, ({ user, id }) => [user, id]);
  const turn = await run(TURN, ({ user, id }) => [user, id]);
  console.log(
    JSON.stringify({
      'items a call': batch,
      'Redis us an accept': Number((hold + confirm).toFixed(1)),
      'most accepts a second': Math.round(1e6 / (hold + confirm)),
      'Redis us a turn': Number(turn.toFixed(1)),
      'most turns a second': Math.round(1e6 / turn),
    }),
  );
}

void main(JSON.parse(process.argv[2] ?? '')).then(() => process.exit(0));
