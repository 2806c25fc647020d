// @ts-check
/** What all benchmarks mean by a median and a quantile. */

/** The one in the middle, or the mean of the two in the middle. @param {readonly number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** The least value that at least this share of all do not exceed. @param {readonly number[]} values @param {number} share 0 to 1 */
function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

module.exports = { median, quantile };
