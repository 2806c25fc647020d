import { specsOf } from '../../../scripts/tools/mutants/coverage';
import type { Mutant } from '../../../scripts/tools/mutants/sandbox';
import { draw } from '../../../scripts/tools/mutants/try-mutants';

const mutant = (file: string, nth: number): Mutant => ({
  ...{ id: `${file} ${nth}`, file, nth, line: 1 },
  ...{ original: 'a < b', replacement: 'a <= b' },
});
const mutantsOf = (file: string) => Array.from({ length: 20 }, (_, nth) => mutant(file, nth));

it('the sample draws the same mutants of a file, whatever has changed in the others', () => {
  const files = ['a.ts', 'b.ts', 'c.ts'].map(mutantsOf);
  const drawn = draw(files.flat(), 60, 7);
  const of = (file: string) => drawn.filter((each) => each.file === file);
  const ofLess = draw([...files[0]!.slice(0, 9), ...files[2]!], 60, 7);
  expect(ofLess.filter(({ file }) => file === 'c.ts')).toEqual(of('c.ts'));
  expect(draw(files.flat(), 5, 7)).toEqual(drawn.slice(0, 5));
  expect(draw(files.flat(), 60, 8)).not.toEqual(drawn);
});

it('a mutant is tried with the specs that run it: those of its folder first, then the specs that run least code', () => {
  const spec = (passed: boolean, ...mutants: number[]) => ({
    ...{ hash: '', seconds: 1, passed },
    files: { 'src/webhooks/sender.ts': { source: '', mutants } },
  });
  const seen = new Map([
    ['test/e2e/broad.spec.ts', spec(true, 1, 2, 3)],
    ['test/e2e/other.spec.ts', spec(true, 2)],
    ['test/e2e/fails.spec.ts', spec(false, 1)],
    ['test/e2e/narrow.spec.ts', spec(true, 1)],
    ['test/e2e/webhooks/near.spec.ts', spec(true, 1, 2)],
  ]);
  const names = (of: Mutant) => specsOf(seen, of).map(([name]) => /(\w+)\.spec/.exec(name)![1]);
  expect(names(mutant('src/webhooks/sender.ts', 1))).toEqual(['near', 'narrow', 'broad']);
  expect(names(mutant('src/webhooks/other.ts', 1))).toEqual([]);
});
