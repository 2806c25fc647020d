// @ts-check
/**
 * Runs before the end-to-end tests. It prepares the build that they start, one MongoDB for the whole Jest run (each test has its
 * own database), the program with which each test starts its own Redis, and a Chromium. All come from scripts/lib, as for
 * `npm start`, and end with the run, also if the run is killed.
 *
 * TEST_MONGODB_URI may name another replica set. MONGODB_URI and REDIS_URL are not read: they may name stores with data
 * that somebody wants to keep.
 */
const { mongoBinary, redisBinary } = require('../../scripts/lib/binaries');
const { chromium } = require('../../scripts/tools/chromium');
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
