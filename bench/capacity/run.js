// @ts-check
/**
 * `npm run bench:capacity`: the bytes of requests in MongoDB, and how long a loss of Redis lasts with a backlog: the
 * values of scripts/tools/capacity.js that no other benchmark measures. See ../README.md.
 */
const { parseArgs } = require('node:util');
const { setTimeout: sleep } = require('node:timers/promises');
const { MongoClient } = require('mongodb');
const Redis = require('ioredis');
const { main } = require('../../scripts/tools/main');
const { register, startStores } = require('../../scripts/tools/service');
const { until } = require('../../scripts/lib/until');

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '50000' },
    users: { type: 'string', default: '100' },
  },
});
const BATCH = 100;
/** Of which 170 bytes are the payload's text. */
const REQUEST = {
  type: 'echo',
  payload: { documentId: 'doc-4b1f0c9e77aa', format: 'pdf', locale: 'en-GB', note: 'x'.repeat(93) },
};

/** Compressed bytes on disk of one request, after a checkpoint. @param {import('mongodb').Db} db */
async function bytesOf(db) {
  await db.admin().command({ fsync: 1 });
  const [stats] = await db
    .collection('requests')
    .aggregate([{ $collStats: { storageStats: {} } }])
    .toArray();
  const { count, size, storageSize, totalIndexSize } = /** @type {Record<string, any>} */ (stats)
    .storageStats;
  return {
    requests: count,
    'bytes of a document': Math.round(size / count),
    'on disk': Math.round(storageSize / count),
    'of its indexes': Math.round(totalIndexSize / count),
  };
}

/** @param {import('../../scripts/lib/run').Run} run */
async function bench(run) {
  const start = await startStores(run, { QUEUE_MAX_DEPTH: '1000000', WORKER_CONCURRENCY: '128' });
  const { url, child } = await start('api');
  const { MONGODB_URI = '', REDIS_URL = '' } = start.variables;
  const mongo = await MongoClient.connect(MONGODB_URI);
  const db = mongo.db();
  const users = Number(values.users);
  const batches = Number(values.requests) / BATCH / users;
  const body = JSON.stringify({ requests: Array.from({ length: BATCH }, () => REQUEST) });
  const tokens = [];
  for (let i = 0; i < users; i += 1) tokens.push(await register(url, i));
  await Promise.all(
    tokens.map(async (token) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      for (let i = 0; i < batches; i += 1) {
        const { status } = await fetch(`${url}/enqueue/batch`, { method: 'POST', headers, body });
        if (status === 503)
          i -= 1; // too busy: tries again; accepted requests are counted
        else if (status !== 202) throw new Error(`a batch was answered with ${status}`);
      }
    }),
  );
  console.table({ pending: await bytesOf(db) });

  const redis = new Redis.Redis(REDIS_URL);
  await redis.flushall();
  const latest = () => db.collection('recoveries').findOne({});
  await until(child, async () => {
    await fetch(`${url}/health/ready`); // as a probe does, which finds the shards closed
    return (await latest()) ? true : undefined;
  });
  const { items } = /** @type {{ items: { requests: number, durationMs: number }[] }} */ (
    /** @type {unknown} */ (await latest())
  );
  console.table(items.map(({ requests, durationMs }) => ({ rebuilt: requests, ms: durationMs })));
  redis.disconnect();

  await start('worker');
  const left = () => db.collection('requests').countDocuments({ pending: true }, { limit: 1 });
  while ((await left()) > 0) await sleep(1_000);
  console.table({ ended: await bytesOf(db) });
  await mongo.close();
}

void main(bench);
