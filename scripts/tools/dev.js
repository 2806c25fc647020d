// @ts-check
/**
 * `npm run start:dev`: compiles only the saved file of `src`, which takes a moment; a whole build takes half a minute.
 */
const fs = require('node:fs');
const { basename, dirname, join, relative } = require('node:path');
const { ROOT } = require('../lib/paths');
const { watch } = require('./watch');

const SOURCES = join(ROOT, 'src');
const OUTPUT = join(ROOT, 'dist');

/**
 * Calls back when files were saved and compiled. A compile error is printed; the next save tries again.
 * @param {() => void} compiled
 */
function onSave(compiled) {
  require('@swc/core'); // loading it takes longer than compiling a file, so not at the first save
  watch(SOURCES, (files) => {
    try {
      fs.rmSync(join(OUTPUT, '.sources'), { force: true }); // `npm start` builds all of it again
      for (const file of files) compile(file);
    } catch (error) {
      console.error(/** @type {Error} */ (error).message);
      return;
    }
    compiled();
  });
}

/**
 * Types are not checked, and `/docs` shows DTOs as of the last build, because the Swagger plugin reads types.
 * @param {string} source a file of `src`
 */
function compile(source) {
  const output = join(OUTPUT, relative(SOURCES, source));
  fs.mkdirSync(dirname(output), { recursive: true });
  if (!source.endsWith('.ts')) return fs.copyFileSync(source, output); // Lua
  const { transformFileSync } = require('@swc/core'); // installed by now
  const { SWC } = require('./swc');
  const script = output.replace(/ts$/, 'js');
  const sourceFileName = relative(dirname(output), source);
  const { code, map = '' } = transformFileSync(source, {
    ...SWC,
    module: { ...SWC.module, ignoreDynamic: true }, // an `import()` of a handlers' file stays one
    ...{ sourceMaps: true, sourceFileName },
  });
  fs.writeFileSync(`${script}.map`, map);
  fs.writeFileSync(script, `${code}//# sourceMappingURL=${basename(script)}.map\n`);
}

module.exports = { onSave };
