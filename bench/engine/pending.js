// @ts-check
/**
 * The cost of a backlog: holds and confirms one request for each of `pending` users, then claims a fixed number of
 * users. Prints one line of JSON.
 */
const { Meter } = require('./meter');
const { openTurnwise } = require('./turnwise');
const { dataOf } = require('./workload');

/** Users who send at once. */
const SENDERS = 500;
const CLAIMED = 9600;
/** Users per claim. */
const N = 20;
const WORKER = { name: 'bench', lanes: 'main' };

/** @param {{ dist: string, port: number, pending: number, shards: number }} options */
async function main({ dist, port, pending, shards }) {
  const meter = new Meter(port);
  const engine = await openTurnwise({ dist, port, concurrency: 0, shards });
  /** @param {number} index of each user's request */
  const acceptOneEach = async (index) => {
    let next = 0;
    const send = async () => {
      while (next < pending) {
        const user = `user-${next++}`;
        await engine.accept(user, dataOf(user, index));
      }
    };
    await Promise.all(Array.from({ length: SENDERS }, send));
    await engine.accepted?.();
  };

  const empty = await meter.memory();
  const accept = await meter.measure(pending, () => acceptOneEach(0));
  const one = await meter.memory();
  await acceptOneEach(1);
  const two = await meter.memory();
  const { scripts, settings } = engine.product;
  const { leaseMs } = settings.queue;
  const item = { worker: WORKER, n: N, leaseMs, cutoff: { until: 0, steps: -1 } };
  const claim = await meter.measure(CLAIMED, async () => {
    for (let call = 0; call < CLAIMED / N; call++) {
      const { jobs } = await scripts.claim(call % shards, 1, item);
      if (jobs.length !== N) throw new Error(`${jobs.length} jobs were given instead of ${N}`);
    }
  });
  console.log(
    JSON.stringify({
      pending,
      'bytes of the first': Math.round((one - empty) / pending),
      'bytes of a further one': Math.round((two - one) / pending),
      'accepts a second': Math.round(accept.perSecond),
      'Redis us an accept': accept.redisUs,
      'Redis us a job claimed': claim.redisUs,
    }),
  );
}

void main(JSON.parse(process.argv[2] ?? '')).then(() => process.exit(0));
