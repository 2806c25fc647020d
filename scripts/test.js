// @ts-check
/**
 * `npm test`: the whole gate, on a machine that has neither Redis nor MongoDB. Every step is named with its time;
 * the last line is the sum of all tests. Arguments go to Jest: `npm test -- -t "in order"`.
 */
const { mongoBinary, redisBinary } = require('./lib/binaries');
const { install } = require('./lib/install');
const { main } = require('./tools/main');
const { requireNode } = require('./lib/node-version');
const { Gate } = require('./tools/gate');

/** @param {import('./lib/run').Run} run */
async function test(run) {
  await install(run);
  await redisBinary(run);
  await mongoBinary(run);
  const gate = new Gate(run, process.argv.slice(2));
  // No more than two cores can be relied on, so two lanes.
  await Promise.all([
    gate.steps(['format', 'lint', 'layering', 'fuzz']),
    gate.steps(['types', 'page', 'build', 'generated', 'unit']),
  ]);
  await gate.steps(['end-to-end']);
  return gate.report();
}

requireNode();
void main(test);
