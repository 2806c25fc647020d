// @ts-check
/**
 * Before the end-to-end tests: the build that they start; one MongoDB for the whole Jest run (every test has its own database on it), and the
 * program with which each test starts its own Redis; a Chromium. They come by the way of `npm start` (scripts/lib), and end
 * with the run, also when it is killed.
 *
 * TEST_MONGODB_URI may name another replica set. MONGODB_URI and REDIS_URL are left alone: they may name what is
 * dear to somebody.
 */
const { mongoBinary, redisBinary } = require('../../scripts/lib/binaries');
const { chromium } = require('../../scripts/lib/chromium');
const { build } = require('../../scripts/lib/build');
const { mongoUri, startMongo } = require('../../scripts/lib/mongo');
const { choosePort } = require('../../scripts/lib/ports');
const { Run } = require('../../scripts/lib/run');

module.exports = async () => {
  const run = await Run.open();
  await build(run);
  process.env.TEST_CHROMIUM = JSON.stringify(await chromium());
  process.env.TEST_RUN_FOLDER = run.folder;
  process.env.TEST_REDIS_BINARY = await redisBinary(run);
  if (process.env.TEST_MONGODB_URI) return;
  const binary = await mongoBinary(run);
  const port = await choosePort();
  await startMongo(run, { binary, port, data: run.path('mongo'), output: { file: run.path('mongo.log') } });
  process.env.TEST_MONGODB_URI = mongoUri(port);
};
