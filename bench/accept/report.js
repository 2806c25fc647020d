// @ts-check
/** Medians of the rounds, and how the first server compares with the second. */
const { median } = require('../lib/figures');

/**
 * @typedef {{
 *   name: string, connections: number, perSecond: number, serverUs: number, mongoUs: number, redisUs: number,
 *   failed: number, p50: number, p99: number,
 * }} Round CPU times are microseconds a request; latencies ms
 */

/**
 * @template K
 * @param {readonly Round[]} rounds
 * @param {(round: Round) => K} keyOf
 * @returns {Map<K, Round[]>}
 */
function groupBy(rounds, keyOf) {
  /** @type {Map<K, Round[]>} */
  const groups = new Map();
  for (const round of rounds) groups.set(keyOf(round), [...(groups.get(keyOf(round)) ?? []), round]);
  return groups;
}

const COLUMNS = /** @type {const} */ ([
  'perSecond',
  'serverUs',
  'mongoUs',
  'redisUs',
  'p50',
  'p99',
  'failed',
]);
const HEAD = [
  '',
  'connections',
  'a second',
  'server us',
  'mongod us',
  'Redis us',
  'p50 ms',
  'p99 ms',
  'failed',
];

/** @param {readonly Round[]} rounds */
function report(rounds) {
  const groups = groupBy(rounds, ({ name, connections }) => `${name}|${connections}`);
  const rows = [...groups].map(([key, group]) => [
    ...key.split('|'),
    ...COLUMNS.map((column) =>
      median(group.map((round) => round[column])).toFixed(
        column.startsWith('p') && column !== 'perSecond' ? 1 : 0,
      ),
    ),
  ]);
  const widths = HEAD.map((_, i) => Math.max(...[HEAD, ...rows].map((row) => (row[i] ?? '').length)));
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/**
 * The ratios of the first server to the second, for each number of connections. The noise is the spread of the rounds' own
 * ratios of CPU time: those of one round ran one right after the other.
 * @param {readonly Round[]} rounds
 * @param {readonly string[]} names
 */
function verdict(rounds, [first = '', second = '']) {
  return [...groupBy(rounds, ({ connections }) => connections)]
    .map(([connections, group]) => {
      const of = (/** @type {string} */ name) => group.filter((round) => round.name === name);
      const [ours, theirs] = [of(first), of(second)];
      const cpu = ours
        .map(({ serverUs }, i) => serverUs / (theirs[i]?.serverUs ?? NaN))
        .sort((a, b) => a - b);
      const rate = median(ours.map((each) => each.perSecond)) / median(theirs.map((each) => each.perSecond));
      const tail = median(ours.map(({ p99, p50 }) => p99 / p50));
      return (
        `${connections} connections: ${rate.toFixed(2)} times as many a second as ${second}, ` +
        `${median(cpu).toFixed(2)} times the server CPU (rounds: ${cpu[0]?.toFixed(2)} to ${cpu.at(-1)?.toFixed(2)}), p99 ${tail.toFixed(1)} times p50`
      );
    })
    .join('\n');
}

module.exports = { report, verdict };
