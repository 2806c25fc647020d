// @ts-check
const { join } = require('node:path');

/** The built application; when it ends it prints on stderr which parts of OpenTelemetry's SDK it has loaded. */
process.once('exit', () => {
  const parts = Object.keys(require.cache).flatMap(
    (file) => /@opentelemetry[/\\]([^/\\]+)/.exec(file)?.[1] ?? [],
  );
  process.stderr.write(`loaded: ${[...new Set(parts)].sort().join(' ')}.\n`);
});
require(join(__dirname, '../../../dist/main.js'));
