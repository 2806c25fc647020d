// @ts-check
/** The browser of the tests: the machine's own, otherwise the one in the package @sparticuz/chromium. */
const { execFile } = require('node:child_process');
const { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { delimiter, join } = require('node:path');
const { promisify } = require('node:util');
const { brotliDecompress } = require('node:zlib');
const { isExecutable } = require('../lib/binaries');
const { withLock } = require('../lib/lock');
const { ROOT, inHome } = require('../lib/paths');

/** @typedef {{ executablePath: string, env: Record<string, string> }} Browser what starts it, and the variables it needs */

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

const PACKAGE = join(ROOT, 'node_modules', '@sparticuz', 'chromium');

const ADVICE = 'Install Chromium or Google Chrome (chromium on the PATH): the tests of the page need one.';

/**
 * A Chromium that runs here; the packed one is unpacked once, with the libraries and the font that a bare machine lacks.
 * @returns {Promise<Browser>}
 * @throws if there is none: the tests of the page are never left out
 */
async function chromium() {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .concat(ELSEWHERE)
    .find(isExecutable);
  if (found !== undefined) return { executablePath: found, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`There is no Chromium for ${process.platform} on ${process.arch}.\n${ADVICE}`);
  const folder = await unpacked();
  const browser = {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_PATH: folder },
  };
  await promisify(execFile)(browser.executablePath, ['--version'], { env: browser.env }).catch((error) => {
    throw new Error(`${browser.executablePath} does not run on this system.\n${ADVICE}`, { cause: error });
  });
  return browser;
}

/** @returns {Promise<string>} the folder of the unpacked browser */
async function unpacked() {
  const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8'));
  const folder = inHome('bin', `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await withLock(inHome('chromium.lock'), 'unpacking Chromium', async () => {
    if (existsSync(folder)) return;
    const half = `${folder}.half`;
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { recursive: true });
    writeFileSync(join(half, 'chromium'), await packed('chromium.br'), { mode: 0o755 });
    for (const name of ['al2023.tar', 'fonts.tar', 'swiftshader.tar']) {
      writeFileSync(join(half, name), await packed(`${name}.br`));
      await promisify(execFile)('tar', ['-xf', join(half, name), '-C', half]);
      rmSync(join(half, name));
    }
    writeFileSync(join(half, 'fonts.conf'), fontsOf(folder));
    renameSync(half, folder); // it is complete or not there at all
  });
  return folder;
}

/** The machine's own fonts, and the one that comes with the browser. @param {string} folder */
const fontsOf = (folder) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
</fontconfig>
`;

/** @param {string} name */
const packed = async (name) => promisify(brotliDecompress)(await readFile(join(PACKAGE, 'bin', name)));

module.exports = { chromium };
