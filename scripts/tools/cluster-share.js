// @ts-check
/** How evenly the shards of `QUEUE_SHARDS` spread over the masters of a Redis Cluster. */

const SLOTS = 16_384;

/** The slot of a Redis Cluster that a hash tag is in: CRC-16/XMODEM of its text. @param {string} tag without its braces */
function slotOf(tag) {
  let crc = 0;
  for (const byte of Buffer.from(tag)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  }
  return crc & (SLOTS - 1);
}

/**
 * The share of all shards that the busiest master has, from 1 / masters up to 1. Each master has an equal range of slots, as
 * `redis-cli --cluster create` gives them.
 * @param {number} shards @param {number} masters
 */
function busiestShare(shards, masters) {
  const held = Array.from({ length: masters }, () => 0);
  for (let shard = 0; shard < shards; shard += 1) {
    const master = Math.floor((slotOf(`tw${shard}`) * masters) / SLOTS);
    held[master] = (held[master] ?? 0) + 1;
  }
  return Math.max(...held) / shards;
}

module.exports = { busiestShare, slotOf };
