import { CALLED, DEADLINE, STARTS, TEXT_BYTES, TURNED } from './layout';

/**
 * The program of the thread, which shares nothing with the main thread but memory. Once the event loop is blocked it tells
 * the log which handlers run, and the record of their requests why they will be lost (MongoDB, by a connection of its
 * own). At the deadline it ends the process: no write is waited for then.
 */
export const WATCHER = `
const { writeSync } = require('node:fs');
const { hostname } = require('node:os');
const { workerData } = require('node:worker_threads');
const { numbers, texts, everyMs, blockedMs, isSilent, record, mongodb } = workerData;

const now = () => Number(process.hrtime.bigint()) / 1e6;
const seconds = (ms) => (ms / 1000).toFixed(1) + ' s';

function running() {
  const called = numbers[${CALLED}] - 1;
  const found = [];
  for (let i = 0; i < numbers.length - ${STARTS}; i++) {
    const startedAt = numbers[${STARTS} + i];
    if (startedAt === 0) continue;
    const bytes = texts.slice(i * ${TEXT_BYTES}, (i + 1) * ${TEXT_BYTES});
    const [requestId, token, givenAt, type] = Buffer.from(bytes).toString('utf8').replace(/\\0+$/, '').split(' ');
    const attempt = { requestId, type, forMs: now() - startedAt, isCulprit: i === called };
    found.push({ ...attempt, token: Number(token), givenAt: Number(givenAt) });
  }
  return found.sort((a, b) => b.isCulprit - a.isCulprit);
}

function say(level, msg) {
  if (isSilent) return;
  const line = { level, time: Date.now(), pid: process.pid, hostname: hostname(), context: 'Watchdog', msg };
  try {
    writeSync(1, JSON.stringify(line) + '\\n');
  } catch {
    // nobody reads
  }
}

const listed = (attempts) =>
  attempts
    .map(({ requestId, type, forMs }) => type + ' (request ' + requestId + ', for ' + seconds(forMs) + ')')
    .slice(0, 50)
    .join(', ') || 'none';

function blockedBy(attempts, silentMs) {
  const [first] = attempts;
  const by = first && first.isCulprit ? ' in the handler of ' + first.type + ' (request ' + first.requestId + ')' : '';
  return 'the event loop has not turned for ' + seconds(silentMs) + by;
}

function troubleOf({ isCulprit }, [first]) {
  const of = (code, what) => ({ code, message: what + ' the event loop of ' + record.worker + ', so its lease ended.' });
  if (isCulprit) return of('loop_blocked', 'Its handler blocked');
  if (first.isCulprit) return of('neighbour_blocked', "Another request's handler blocked");
  return of('loop_blocked', 'A handler blocked');
}

async function tellRecord(attempts) {
  const { MongoClient } = require(mongodb);
  const client = await MongoClient.connect(record.mongodbUri, { serverSelectionTimeoutMS: 2000 });
  const writes = attempts.map((attempt) => ({
    updateOne: {
      filter: { _id: attempt.requestId, pending: true, token: { $lte: attempt.token } },
      update: {
        $set: {
          trouble: { worker: record.worker, givenAt: new Date(attempt.givenAt), ...troubleOf(attempt, attempts) },
        },
      },
    },
  }));
  await client.db().collection('requests').bulkWrite(writes, { ordered: false, writeConcern: { w: 1 } });
  await client.close();
}

let told = 0;
setInterval(() => {
  const turnedAt = numbers[${TURNED}];
  const silentMs = now() - turnedAt;
  const attempts = silentMs >= blockedMs ? running() : [];
  if (told !== turnedAt && attempts.length > 0) {
    told = turnedAt;
    say(40, blockedBy(attempts, silentMs) + '; running: ' + listed(attempts));
    if (record) tellRecord(attempts).catch((error) => say(40, 'the record could not be told: ' + error));
  }
  const deadline = numbers[${DEADLINE}];
  if (deadline === 0 || now() < deadline) return;
  const why = silentMs >= blockedMs ? blockedBy(attempts, silentMs) : 'a handler goes on, and its lease is about to end';
  say(60, 'ending the process: ' + why + '; running: ' + listed(running()));
  process.kill(process.pid, 'SIGKILL');
}, everyMs);
`;
