// @ts-check
/** Before `npm pack` of the package `turnwise`: the build, and the types of what it exports. */
const { build } = require('./lib/build');
const { main } = require('./tools/main');
const { ROOT } = require('./lib/paths');
const { join } = require('node:path');

void main(async (run) => {
  await build(run, { output: 'collect' });
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  await run.tool('tsc', process.execPath, [tsc, '-p', join(ROOT, 'tsconfig.types.json')], {
    output: 'collect',
  });
  return 0;
});
