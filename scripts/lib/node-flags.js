// @ts-check
/**
 * How Node runs the service; the CMD of docker/Dockerfile has the same.
 *
 * A garbage collection copies the live young objects, which are all those of calls in progress. With V8's 16 MB a busy
 * process spends a quarter of its time on copying those of 256 calls again and again; with 32 MB less than half of that,
 * for about 30 MB of memory (docs/decisions/0026-cost-of-an-accept.md).
 */
const NODE_FLAGS = ['--enable-source-maps', '--max-semi-space-size=32'];

module.exports = { NODE_FLAGS };
