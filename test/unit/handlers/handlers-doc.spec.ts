import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path: string) => readFileSync(join(__dirname, '../../..', path), 'utf8');

/** Where the documents' reader puts the example. */
const MOVED = [
  ["from '../../src/handlers';", "from '../handlers';"],
  ["from '../../src/handlers';", "from '../../../src/handlers';"],
  ["from './greet.handler';", "from '../../../src/custom-handlers/greet.handler';"],
] as const;

it.each([
  ['greet.dto.ts', []],
  ['greet.handler.ts', [0]],
  ['greet.handler.spec.ts', [1, 2]],
])('docs/handlers.md shows the example %s as it is', (file, moves) => {
  const code = moves.reduce<string>(
    (text, move) => text.replace(MOVED[move]![0], MOVED[move]![1]),
    read(`examples/greet/${file}`),
  );
  expect(read('docs/handlers.md')).toContain(`\`\`\`ts\n${code}\`\`\``);
});
