import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_FLAGS } from '../../../scripts/lib/node-flags';

const dockerfile = readFileSync(join(__dirname, '../../../docker/Dockerfile'), 'utf8');

it('the image starts the service with the flags of npm start', () => {
  const command = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)![1]!) as string[];
  expect(command).toEqual(['node', ...NODE_FLAGS, 'dist/main.js']);
});
