// @ts-check
const { join } = require('node:path');

/** The built application, which says at its end on stderr which parts of OpenTelemetry's SDK it has loaded. */
process.once('exit', () => {
  const parts = Object.keys(require.cache).flatMap(
    (file) => /@opentelemetry[/\\]([^/\\]+)/.exec(file)?.[1] ?? [],
  );
  process.stderr.write(`loaded: ${[...new Set(parts)].sort().join(' ')}.\n`);
});
require(join(__dirname, '../../../dist/main.js'));
