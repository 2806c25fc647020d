// @ts-check
/** Medians of the rounds, and how the first engine compares with the others. */
const { median } = require('../lib/figures');

/** @typedef {import('./round').RoundFigures} RoundFigures */
/** @typedef {import('./meter').Figures} Figures */

const PARTS = /** @type {const} */ (['accept', 'process']);

/**
 * @param {readonly RoundFigures[]} rounds
 * @returns {Record<'accept' | 'process', Figures>}
 */
function medians(rounds) {
  /** @param {(typeof PARTS)[number]} part */
  const of = (part) => ({
    perSecond: median(rounds.map((round) => round[part].perSecond)),
    clientUs: median(rounds.map((round) => round[part].clientUs)),
    redisUs: median(rounds.map((round) => round[part].redisUs)),
  });
  return { accept: of('accept'), process: of('process') };
}

/**
 * A table in Markdown, and the ratios.
 * @param {readonly { name: string, rounds: readonly RoundFigures[] }[]} results
 */
function report(results) {
  const rows = results.map(({ name, rounds }) => ({ name, figures: medians(rounds) }));
  const cells = rows.map(({ name, figures }) => [name, ...PARTS.flatMap((part) => shown(figures[part]))]);
  const [first, ...others] = rows;
  const ratios = others.map(({ name, figures }) => {
    const [accept, process] = PARTS.map((part) =>
      ((first?.figures[part].perSecond ?? 0) / figures[part].perSecond).toFixed(2),
    );
    return `${first?.name} accepts ${accept} times, and processes ${process} times, as many a second as ${name}.`;
  });
  return [...table(cells), '', ...ratios].join('\n');
}

/** @param {Figures} figures */
const shown = ({ perSecond, clientUs, redisUs }) => [
  Math.round(perSecond).toLocaleString('en'),
  clientUs.toFixed(1),
  redisUs.toFixed(1),
];

/** @param {readonly (readonly string[])[]} rows */
function table(rows) {
  const head = ['', 'accept /s', 'client us', 'Redis us', 'process /s', 'client us', 'Redis us'];
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  /** @param {readonly string[]} cells */
  const line = (cells) =>
    `| ${widths.map((width, i) => (i === 0 ? (cells[i] ?? '').padEnd(width) : (cells[i] ?? '').padStart(width))).join(' | ')} |`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)];
}

module.exports = { report };
