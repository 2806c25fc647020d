// @ts-check
/**
 * The built application without one rule of the protocol (WITHOUT_RULE). It shows that the chaos run finds what the rule
 * prevents: docs/chaos.md. Started by AppProcess.spawn.
 */
const { join } = require('node:path');

/** @param {string} file the path of a file below dist */
const built = (file) => require(join(__dirname, '../../../dist', file));

/**
 * Replaces a text in the Lua scripts when they are loaded.
 * @param {string} from
 * @param {string} to
 */
function rewrite(from, to) {
  const fs = require('node:fs');
  const read = fs.readFileSync;
  const replaced = (/** @type {Parameters<typeof read>} */ ...args) => {
    const text = read(...args);
    return typeof text === 'string' && String(args[0]).endsWith('.lua') ? text.replace(from, to) : text;
  };
  Object.assign(fs, { readFileSync: replaced });
}

/** @type {Record<string, () => void>} */
const TAKE_OUT = {
  /** A permit never ends, however old the last read of its epoch is. */
  view: () => {
    const { EpochView } = built('queue/epochs/epoch-view.service');
    const { Permits } = built('queue/epochs/permits');
    const { grant } = Permits.prototype;
    EpochView.prototype.isValid = () => true;
    Permits.prototype.grant = function (/** @type {unknown[]} */ ...args) {
      const always = { validUntil: { value: Infinity }, isValid: { value: () => true } };
      return Object.defineProperties(grant.apply(this, args), always);
    };
  },
  /** A recovery waits for no other process. */
  wait: () => {
    const { Acknowledgements } = built('queue/recovery/acknowledgements');
    Acknowledgements.prototype.waitFor = async () => 0;
  },
  /** A shard is open for any process that knows its epoch, on any server. */
  replid: () => rewrite('shard[1] ~= EPOCH or shard[2] ~= history()', 'shard[1] ~= EPOCH'),
  /** No request is looked up. */
  lookup: () => {
    const { Recorder } = built('workers/turns/recorder.service');
    Recorder.prototype.lookUp = async (/** @type {{ job: { attemptsMade: number } }} */ { job }) => ({
      attemptsMade: job.attemptsMade,
    });
  },
  /** A recovery does not wait for the leases of external workers. */
  external: () => {
    const { ExternalTurns } = built('workers/external/external-turns.service');
    ExternalTurns.prototype.add = (/** @type {{ permit: { release(): void } }} */ turn) =>
      turn.permit.release();
  },
  /** A write succeeds once the primary has it. */
  majority: () => {
    built('journal/request.schema').DURABLE.writeConcern = { w: 1, journal: false };
  },
  /** Redis does not learn of a purge, and keeps the cancelled requests. */
  purge: () => {
    rewrite("call('HSET', queue .. 'control', 'check', text(clock))", '');
    const { PurgeService } = built('user-queue/control/purge.service');
    PurgeService.prototype.takeOut = async () => undefined;
  },
  /** A failure does not cancel the requests behind it. */
  rest: () => {
    const { PurgeService } = built('user-queue/control/purge.service');
    PurgeService.prototype.cancelRest = async () => undefined;
  },
  /** The bucket of a rate is never empty. */
  rate: () => rewrite('if control[INTERVAL] and control[TAT] then', 'if false then'),
  /** The tokens of a new epoch do not start above those of the epochs before. */
  tokens: () => rewrite("text(string.match(EPOCH, '^%d+') * 4294967296)", "'1'"),
  /** The outcome that an external worker reports is acknowledged, and not recorded. */
  told: () => {
    const { WorkService } = built('workers/external/work.service');
    WorkService.prototype.complete = async () => ({ status: 'succeeded' });
  },
  /** The requests of an erased user are kept. */
  erased: () => {
    const { Erasures } = built('auth/erasure/erasures.service');
    Erasures.prototype.endData = async () => undefined;
  },
  /** A user keeps a slot as long as they have requests waiting. */
  fair: () => {
    const { Processor } = built('workers/in-process/processor.service');
    Processor.prototype.wantedAfter = () => 'next';
  },
};

const takeOut = TAKE_OUT[process.env.WITHOUT_RULE ?? ''];
if (!takeOut) throw new Error(`WITHOUT_RULE must be one of ${Object.keys(TAKE_OUT).join(', ')}`);
takeOut();
built('main');
