// @ts-check
/**
 * What a load needs, computed from measured constants (docs/scaling.md has the source of each). Pure arithmetic, without
 * I/O.
 */
const { busiestShare } = require('./cluster-share');

/** For one request, unless noted. CPU times are those of one core of the machine in docs/scaling.md. */
const MEASURED = Object.freeze({
  /** us of an API process's CPU for an accept. */
  apiUs: 411,
  /** us of a worker's CPU for a delivery over HTTP, the most expensive built-in handler. */
  workerUs: 325,
  /** us of the primary's CPU for insert, session and account; then for the outcome. */
  mongoUs: 105 + 246,
  /** us of Redis' CPU for hold and confirm; then for claim and settle. */
  redisUs: 79 + 55,
  /** Bytes in Redis of a user with something pending. */
  redisUserBytes: 194,
  /** Bytes in Redis of a pending request besides its payload. */
  redisRequestBytes: 332,
  /** Bytes in MongoDB of an ended request besides its payload, not compressed, with one attempt. */
  mongoRequestBytes: 826,
  /** Bytes of its entries in all indexes. */
  mongoIndexBytes: 242,
  /** Requests that one process puts back into Redis in a second after a loss. */
  rebuiltPerSecond: 5_700,
});

/** The share of a core, or of a memory, that is used in the plan: bursts, a lost node, and garbage need the rest. */
const HEADROOM = 0.6;
/** With fewer nodes than this, replacing them one by one is noticeable. */
const LEAST_PROCESSES = 2;
const MICROS = 1e6;
const GIGA = 1e9;
const DAY_SECONDS = 86_400;

/**
 * @typedef {object} Load
 * @property {number} users with something pending at once
 * @property {number} perSecond requests accepted, and ended
 * @property {number} depth requests pending of each of these users
 * @property {number} payload bytes
 * @property {number} handlerMs how long an attempt takes
 * @property {number} retentionDays
 * @property {number} concurrency WORKER_CONCURRENCY
 * @property {number} shards QUEUE_SHARDS
 * @property {number} redisGb memory of one Redis
 * @property {number} mongoCores of one member of the set
 */

/** Requests a second that the cores can carry. @param {number} us of one request @param {number} cores */
const carried = (us, cores = 1) => (HEADROOM * cores * MICROS) / us;

/** @param {Load} load */
function planOf(load) {
  const { users, perSecond, depth, payload, handlerMs, retentionDays, concurrency } = load;
  const { shards, redisGb, mongoCores } = load;
  const pending = users * depth;
  const redisBytes = users * MEASURED.redisUserBytes + pending * (MEASURED.redisRequestBytes + payload);
  const stored = perSecond * DAY_SECONDS * retentionDays + pending;
  const diskBytes = stored * (MEASURED.mongoRequestBytes + payload + MEASURED.mongoIndexBytes);
  const slots = Math.ceil((perSecond * handlerMs) / 1_000 / HEADROOM);
  const least = (/** @type {number} */ n) => Math.max(LEAST_PROCESSES, Math.ceil(n));
  const redis = redisOf(
    shards,
    perSecond / carried(MEASURED.redisUs),
    redisBytes / (HEADROOM * redisGb * GIGA),
  );
  return {
    api: least(perSecond / carried(MEASURED.apiUs)),
    workers: least(Math.max(perSecond / carried(MEASURED.workerUs), slots / concurrency)),
    slots,
    redisNodes: redis.nodes,
    shards: redis.shards,
    redisBytes,
    mongoSets: Math.max(1, Math.ceil(perSecond / carried(MEASURED.mongoUs, mongoCores))),
    diskBytes,
    rebuildSeconds: pending / MEASURED.rebuiltPerSecond,
    limits: limitsOf(load),
  };
}

/** The maximum of QUEUE_SHARDS. */
const MOST_SHARDS = 1_024;

/** Most masters, as a multiple of what an even spread needs. Beyond this, more shards are better. */
const UNEVEN = 1.5;

/**
 * The fewest masters that carry a load, including the busiest one's share, and the number of shards for that: the current
 * one, or twice as many, and so on.
 * @param {number} shards @param {...number} loads in masters, each used up to the headroom
 * @returns {{ nodes: number, shards: number }} both Infinity if no number of shards is enough
 */
function redisOf(shards, ...loads) {
  const load = Math.max(...loads);
  const least = Math.max(1, Math.ceil(load));
  for (let of = shards; of <= MOST_SHARDS; of *= 2)
    for (let nodes = least; nodes <= Math.min(of, least * UNEVEN); nodes += 1)
      if (load * busiestShare(of, nodes) <= 1) return { nodes, shards: of };
  return { nodes: Infinity, shards: Infinity };
}

/** Payloads up to this size are limited only by the depth, bytes: SMALL of queue/lua/_prelude.lua. */
const SMALL_PAYLOAD = 1_024;

/** Bytes in Redis of a user whose queue is full, by number and by bytes. @param {{ maxDepth: number, maxBytes: number }} bounds */
const fullQueueBytes = ({ maxDepth, maxBytes }) =>
  MEASURED.redisUserBytes + maxDepth * (MEASURED.redisRequestBytes + SMALL_PAYLOAD) + maxBytes;

/**
 * How many full queues fit into the memory of all Redis nodes.
 * @param {number} redisBytes @param {{ maxDepth: number, maxBytes: number }} bounds
 */
const fullQueues = (redisBytes, bounds) => Math.floor((HEADROOM * redisBytes) / fullQueueBytes(bounds));

/**
 * The load that one node of each kind carries, lowest first. The first one breaks first as the load grows; `next` is what
 * to do then.
 * @param {Pick<Load, 'mongoCores'>} load
 */
function limitsOf({ mongoCores }) {
  const limits = [
    { node: 'an API process', perSecond: carried(MEASURED.apiUs), next: 'another one: they share nothing' },
    { node: 'a worker', perSecond: carried(MEASURED.workerUs), next: 'another one: they share nothing' },
    {
      node: 'one Redis',
      perSecond: carried(MEASURED.redisUs),
      next: 'a Redis Cluster, over whose nodes the shards spread',
    },
    {
      node: `a MongoDB primary of ${mongoCores} cores`,
      perSecond: carried(MEASURED.mongoUs, mongoCores),
      next: 'more cores, then another installation for other users',
    },
  ];
  return limits.sort((a, b) => a.perSecond - b.perSecond);
}

module.exports = { HEADROOM, MEASURED, SMALL_PAYLOAD, fullQueueBytes, fullQueues, planOf };
