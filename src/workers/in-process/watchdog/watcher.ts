import { LOG_EVENTS, LogEvent } from '../../../common/log/catalogue';
import type { Step } from '../../../common/log/fields';
import { CALLED, DEADLINE, STARTS, TEXT_BYTES, TURNED } from './layout';

/** The fixed parts of an event's lines, as source text. */
const lineOf = (event: LogEvent) => JSON.stringify({ event, msg: LOG_EVENTS[event].msg });

const RECORD = JSON.stringify('record why an attempt is lost' satisfies Step);

/**
 * The program of the thread, which shares only memory with the main thread. When the event loop is blocked, it logs
 * which handlers are running, and records in their requests why they will be lost (in MongoDB, with its own
 * connection). At the deadline it ends the process, without waiting for a write.
 */
export const WATCHER = `
const { writeSync } = require('node:fs');
const { hostname } = require('node:os');
const { workerData } = require('node:worker_threads');
const { numbers, texts, everyMs, blockedMs, leastLevel, record, mongodb } = workerData;

const now = () => Number(process.hrtime.bigint()) / 1e6;

function running() {
  const called = numbers[${CALLED}] - 1;
  const found = [];
  for (let i = 0; i < numbers.length - ${STARTS}; i++) {
    const startedAt = numbers[${STARTS} + i];
    if (startedAt === 0) continue;
    const bytes = texts.slice(i * ${TEXT_BYTES}, (i + 1) * ${TEXT_BYTES});
    const [requestId, userId, token, leasedAt, type] = Buffer.from(bytes).toString('utf8').replace(/\\0+$/, '').split(' ');
    const attempt = { requestId, userId, type, durationMs: Math.round(now() - startedAt) };
    found.push({ attempt, isCulprit: i === called, token: Number(token), leasedAt: Number(leasedAt) });
  }
  return found.sort((a, b) => b.isCulprit - a.isCulprit);
}

/** A full pipe is tried again for a moment: the last words of a process matter. */
function write(text) {
  for (let tries = 0; tries < 10; tries++) {
    try {
      return void writeSync(1, text);
    } catch (error) {
      if (error.code !== 'EAGAIN') return; // nobody reads
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function say(level, fixed, more) {
  if (level < leastLevel) return;
  const of = { level, time: Date.now(), pid: process.pid, hostname: hostname(), context: 'Watchdog' };
  write(JSON.stringify({ ...of, ...fixed, ...more }) + '\\n');
}

/** The running requests, first the one that is to blame. */
function told(attempts, silentMs) {
  const [first] = attempts;
  const { requestId, userId, type } = first && first.isCulprit ? first.attempt : {};
  const running = attempts.slice(0, 50).map(({ attempt }) => attempt);
  return { silentMs: Math.round(silentMs), requestId, userId, type, running };
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
      filter: { _id: attempt.attempt.requestId, pending: true, token: { $lte: attempt.token } },
      update: {
        $set: {
          trouble: { worker: record.worker, givenAt: new Date(attempt.leasedAt), ...troubleOf(attempt, attempts) },
        },
      },
    },
  }));
  await client.db().collection('requests').bulkWrite(writes, { ordered: false, writeConcern: { w: 1 } });
  await client.close();
}

let toldOf = 0;
setInterval(() => {
  const turnedAt = numbers[${TURNED}];
  const silentMs = now() - turnedAt;
  const attempts = silentMs >= blockedMs ? running() : [];
  if (toldOf !== turnedAt && attempts.length > 0) {
    toldOf = turnedAt;
    say(40, ${lineOf('process.blocked')}, told(attempts, silentMs));
    if (record) tellRecord(attempts).catch(({ name }) => say(40, ${lineOf('step.failed')}, { step: ${RECORD}, cause: name }));
  }
  const deadline = numbers[${DEADLINE}];
  if (deadline === 0 || now() < deadline) return;
  say(60, ${lineOf('process.killed')}, told(running(), silentMs));
  process.kill(process.pid, 'SIGKILL');
}, everyMs);
`;
