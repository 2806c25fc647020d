// @ts-check
/**
 * `npm run test:abuse`: what one stranger or one account can do to another user's calls. Fails if the promise of
 * docs/security.md does not hold. `--main ../other/dist/main.js` tries another build. See ../README.md.
 */
const { resolve } = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');
const { parseArgs } = require('node:util');
const { main } = require('../../scripts/tools/main');
const { register, startStores } = require('../../scripts/tools/service');
const { cpuUs, residentMb } = require('../accept/proc');
const { tryCrowds } = require('./crowds');
const { holds, latencyOf, ms, say } = require('./latency');
const { PROBES } = require('./probes');
const { Siege, call, fill } = require('./siege');

const { values } = parseArgs({
  options: {
    main: { type: 'string' },
    seconds: { type: 'string', default: '6' },
    only: { type: 'string', default: '' },
  },
});

/** Of each call of the other user, however long they take. */
const FEWEST = 3;

/**
 * Measures another user's calls for a time, one after the other.
 * @param {string} url @param {string} token @param {number} seconds
 */
async function watch(url, token, seconds) {
  /** @type {Record<'enqueue' | 'queue', number[]>} */
  const took = { enqueue: [], queue: [] };
  const until = performance.now() + seconds * 1000;
  const timed = async (
    /** @type {'enqueue' | 'queue'} */ of,
    /** @type {() => Promise<Response>} */ make,
  ) => {
    const since = performance.now();
    const answer = await make();
    await answer.text();
    took[of].push(answer.ok ? performance.now() - since : Infinity);
  };
  while (performance.now() < until || took.queue.length < FEWEST) {
    await timed('enqueue', () => call(url, token, 'POST', '/enqueue', { type: 'echo', payload: 1 }));
    await timed('queue', () => call(url, token, 'GET', '/queue'));
    await delay(10);
  }
  return { enqueue: latencyOf(took.enqueue), queue: latencyOf(took.queue) };
}

/** @param {import('../../scripts/lib/run').Run} run */
async function bench(run) {
  const siege = new Siege();
  try {
    const start = await startStores(run, {
      HTTP_RATE_LIMIT: '',
      HTTP_STRANGER_RATE_LIMIT: '',
      SLEEP_TYPE: 'on',
      QUEUE_MAX_DEPTH: '1000000',
    });
    const own = values.main === undefined ? {} : { main: resolve(values.main) };
    const { url, child } = await start('api', own);
    const [attacker, other] = [await register(url, 0), await register(url, 1)];
    const filled = await fill(url, attacker);
    await watch(url, other, 3);
    const idle = await watch(url, other, Number(values.seconds));
    const head = [
      '',
      'enqueue p50 / p99 ms',
      'queue p50 / p99 ms',
      'RSS MB',
      'CPU ms an answer',
      'answers',
      '',
    ];
    for (const row of [head, head.map(() => '---')]) say(row);
    say(['idle', ms(idle.enqueue), ms(idle.queue), residentMb(child.pid).toFixed(0), '', '', '']);
    let broken = 0;
    for (const probe of PROBES) {
      const { name } = probe;
      if (!name.includes(values.only)) continue;
      const before = cpuUs(child.pid);
      const { seen, tally } = await siege.during(probe, url, filled, async () => ({
        during: await watch(url, other, Number(values.seconds)),
        mb: residentMb(child.pid).toFixed(0),
        used: cpuUs(child.pid) - before,
      }));
      const { during, mb, used } = seen;
      const isKept = holds(during.enqueue, idle.enqueue);
      if (!isKept) broken += 1;
      const answers = Object.entries(tally.answers).map(([status, n]) => `${n} x ${status}`);
      if (tally.closed > 0) answers.push(`${tally.closed} closed`);
      say([
        name,
        ms(during.enqueue),
        ms(during.queue),
        mb,
        (used / 1000 / Object.values(tally.answers).reduce((sum, n) => sum + n, 0)).toFixed(1),
        answers.join(', '),
        isKept ? 'holds' : 'BROKEN',
      ]);
      await delay(1000);
    }
    // Requests that still wait would run during the next measurement.
    for (const token of [attacker, other])
      await (await call(url, token, 'POST', '/requests/cancel', { filter: {} })).text();
    await start('worker', own);
    const crowds = { url, token: await register(url, 2), seconds: Number(values.seconds), only: values.only };
    return (await tryCrowds(crowds)) && broken === 0 ? 0 : 1;
  } finally {
    siege.close();
  }
}

void main(bench);
