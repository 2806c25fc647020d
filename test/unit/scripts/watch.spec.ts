import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watch } from '../../../scripts/tools/watch';
import { until } from '../../support/until';

const root = mkdtempSync(join(tmpdir(), 'turnwise-watch-'));
const told = new Set<string>();
let calls = 0;
let close: () => void;

beforeAll(() => {
  mkdirSync(join(root, 'room'));
  close = watch(root, (files) => {
    calls += 1;
    files.forEach((file) => told.add(file));
  });
});
afterAll(() => {
  close();
  rmSync(root, { recursive: true });
});

it.each<[string, (file: string) => void]>([
  ['is written', (file) => writeFileSync(file, '1')],
  [
    'takes the place of another, as many editors save',
    (file) => {
      writeFileSync(`${root}/../swap-${process.pid}`, '2');
      renameSync(`${root}/../swap-${process.pid}`, file);
    },
  ],
])('the watcher reports a file of a subfolder that %s', async (_, save) => {
  told.clear();
  const file = join(root, 'room', 'rule.ts');
  save(file);
  await until('the change is reported', () => told.has(file));
});

it('the watcher reports files of new folders, and none of removed ones', async () => {
  const before = calls;
  mkdirSync(join(root, 'new'));
  await until('the folder is seen', () => calls > before);
  told.clear();
  const [kept, gone] = [join(root, 'new', 'kept.ts'), join(root, 'new', 'gone.ts')];
  writeFileSync(gone, '1');
  rmSync(gone);
  writeFileSync(kept, '1');
  await until('the change of the kept file is reported', () => told.has(kept));
  expect(told).not.toContain(gone);
});
