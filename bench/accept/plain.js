// @ts-check
/**
 * The yardstick: about the minimum cost of a durable accept. Plain Fastify with a compiled schema; an HS256 token
 * checked by hand; a check of the session in Redis; a job in Redis; a document in MongoDB (majority, journaled). Calls
 * of one kind share a message. It knows no epochs, held places, types, limits or idempotency. Arguments: port, secret,
 * Redis URL, MongoDB URL.
 */
const { createHmac, createSecretKey, randomUUID, timingSafeEqual } = require('node:crypto');
const { fastify } = require('fastify');
const { Redis } = require('ioredis');
const { MongoClient } = require('mongodb');

const [port = '', secret = '', redisUrl = '', mongodbUri = ''] = process.argv.slice(2);
const key = createSecretKey(Buffer.from(secret));

const ACCEPT = `local n = {}
for i = 1, #ARGV, 3 do
  local queue = KEYS[1] .. ARGV[i]
  redis.call('HSET', queue .. ':' .. ARGV[i + 1], 'data', ARGV[i + 2], 'timestamp', 0)
  redis.call('LPUSH', queue .. ':wait', ARGV[i + 1])
  n[#n + 1] = redis.call('INCR', queue .. ':id')
end
return n`;

const BODY = {
  type: 'object',
  required: ['type', 'payload'],
  additionalProperties: false,
  properties: { type: { type: 'string', maxLength: 64 }, payload: { type: 'object' } },
};
const ANSWER = {
  type: 'object',
  properties: { id: { type: 'string' }, seq: { type: 'integer' }, status: { type: 'string' } },
};

/** @param {string} token @returns {{ sub: string, sid: string } | undefined} */
function claimsOf(token) {
  const [head = '', claims = '', signature = ''] = token.split('.');
  const expected = createHmac('sha256', key).update(`${head}.${claims}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString());
  return said.exp * 1000 > Date.now() ? said : undefined;
}

/**
 * Items that arrive during a call share the next one.
 * @template I, O
 * @param {(items: I[]) => Promise<O[]>} call
 * @returns {(item: I) => Promise<O>}
 */
function together(call) {
  /** @type {{ item: I, resolve: (result: O) => void, reject: (error: unknown) => void }[]} */
  let waiting = [];
  let isBusy = false;
  const next = async () => {
    if (isBusy || waiting.length === 0) return;
    isBusy = true;
    const batch = waiting;
    waiting = [];
    try {
      const results = await call(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, i) => resolve(/** @type {O} */ (results[i])));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    isBusy = false;
    void next();
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      void next();
    });
}

async function main() {
  const redis = new Redis(redisUrl, { enableAutoPipelining: true });
  const mongo = await MongoClient.connect(mongodbUri, { writeConcern: { w: 'majority', journal: true } });
  const requests = mongo.db('plain').collection('requests');
  await requests.createIndex({ userId: 1, seq: 1 }, { unique: true });
  await requests.createIndex({ userId: 1, status: 1, _id: -1 });

  const hold = together(async (/** @type {{ userId: string, id: string, data: string }[]} */ jobs) => {
    const args = jobs.flatMap(({ userId, id, data }) => [userId, id, data]);
    return /** @type {number[]} */ (await redis.eval(ACCEPT, 1, 'plain:', ...args));
  });
  const insert = together(async (/** @type {import('mongodb').Document[]} */ documents) => {
    await requests.insertMany(documents, { ordered: false });
    return documents;
  });

  const app = fastify();
  app.post(
    '/enqueue',
    { schema: { body: BODY, response: { 202: ANSWER, 401: { type: 'null' } } } },
    async (request, reply) => {
      const claims = claimsOf(request.headers.authorization?.slice('Bearer '.length) ?? '');
      if (!claims || (await redis.exists(`ended:${claims.sid}`))) return reply.code(401).send();
      const { type, payload } = /** @type {{ type: string, payload: object }} */ (request.body);
      const id = randomUUID();
      const seq = await hold({ userId: claims.sub, id, data: JSON.stringify({ type, payload }) });
      const userId = claims.sub;
      await insert({
        _id: id,
        userId,
        seq,
        type,
        payload,
        status: 'queued',
        attempts: 0,
        createdAt: new Date(),
      });
      return reply.code(202).send({ id, seq, status: 'queued' });
    },
  );
  await app.listen({ port: Number(port), host: '127.0.0.1' });
}

void main();
