/** docs/clients.md: the client in each package works against the built program, from an empty folder. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppCluster } from '../../support/cluster';
import { sh, Tutorial } from '../../support/tutorial';

jest.setTimeout(600_000); // packs, installs and compiles on a machine that may be busy

const ROOT = join(__dirname, '../../..');
const tutorial = new Tutorial('docs/clients.md');

let cluster: AppCluster;
let url: string;
let parent: string;
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'turnwise-'));
  cluster = await AppCluster.start();
  ({ url } = await cluster.process('all'));
});
afterAll(async () => {
  await cluster.stop();
  rmSync(parent, { recursive: true });
});

/** Follows a section in another folder, with the service of this test. Returns the output of its last commands. */
async function follow(heading: string, itsFolder: string): Promise<string> {
  const folder = join(parent, itsFolder);
  const [make = '', run = ''] = tutorial.commands(heading);
  await sh(make.replaceAll(`../${itsFolder}`, folder), ROOT);
  tutorial.writeFiles(heading, folder, (code) => code.replace('http://localhost:8085', url));
  return sh(run, folder);
}

it('the package for TypeScript compiles strictly, and its session works', async () => {
  expect(await follow('TypeScript', 'orders')).toMatch(
    /^accepted: [0-9a-f-]{36}\nsucceeded \{ total: 12.5 \}\n$/,
  );
});

/** Why this machine cannot build and install a wheel; empty if it can. */
function missing(): string {
  const python = (code: string) => spawnSync('python3', ['-c', code]).status === 0;
  if (!python('import venv, ensurepip, pip, sys; assert sys.version_info >= (3, 11)'))
    return 'no Python 3.11 with venv and pip';
  const lookUp = ['-m', 'pip', 'index', 'versions', '--quiet', 'setuptools'];
  return spawnSync('python3', lookUp, { timeout: 60_000 }).status === 0 ? '' : 'PyPI is not reached';
}

const why = missing();
const python = 'the session of the wheel for Python works';
(why === '' ? it : it.skip)(why === '' ? python : `${python} (skipped here: ${why})`, async () => {
  expect(await follow('Python', 'invoices')).toMatch(
    /^accepted: [0-9a-f-]{36}\nsucceeded \{'total': 12.5\}\n$/,
  );
});

it('all packages have the version of the document that they are built from', () => {
  const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
  const versionOf = (file: string) => (JSON.parse(read(file)) as { version: string }).version;
  const { info } = JSON.parse(read('client/openapi.json')) as { info: { version: string } };
  expect([versionOf('package.json'), versionOf('client/package.json')]).toEqual([info.version, info.version]);
  expect(read('client/python/pyproject.toml')).toContain(`\nversion = "${info.version}"\n`);
});
