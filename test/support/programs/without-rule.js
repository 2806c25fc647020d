// @ts-check
/**
 * The built application with one rule of the protocol taken out (WITHOUT_RULE), to show that the chaos run finds what
 * the rule is for: docs/chaos.md. Run by AppProcess.spawn.
 */
const { join } = require('node:path');

/** @param {string} file of the built application */
const built = (file) => require(join(__dirname, '../../../dist', file));

/**
 * Changes the scripts as they are loaded.
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
  /** A permit never ends, however long ago its epoch was read. */
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
  /** Nobody is waited for. */
  wait: () => {
    const { Acknowledgements } = built('queue/recovery/acknowledgements');
    Acknowledgements.prototype.waitFor = async () => 0;
  },
  /** A shard is open for whoever knows its epoch, whatever server this is. */
  replid: () => rewrite('shard[1] ~= EPOCH or shard[2] ~= history()', 'shard[1] ~= EPOCH'),
  /** Nothing is looked up. */
  lookup: () => {
    const { Recorder } = built('workers/turns/recorder.service');
    Recorder.prototype.lookUp = async (/** @type {{ job: { attemptsMade: number } }} */ { job }) => ({
      attemptsMade: job.attemptsMade,
    });
  },
  /** Nobody waits for the leases of external workers. */
  external: () => {
    const { ExternalTurns } = built('workers/external/external-turns.service');
    ExternalTurns.prototype.add = (/** @type {{ permit: { release(): void } }} */ turn) =>
      turn.permit.release();
  },
  /** A write is done once the primary has it. */
  majority: () => {
    built('journal/request.schema').DURABLE.writeConcern = { w: 1, journal: false };
  },
  /** Redis is not told of a purge, and so knows nothing of what it has cancelled. */
  purge: () => {
    rewrite("call('HSET', queue .. 'control', 'check', text(clock))", '');
    const { PurgeService } = built('user-queue/control/purge.service');
    PurgeService.prototype.takeOut = async () => undefined;
  },
  /** Nobody cancels what waits behind a failure. */
  rest: () => {
    const { PurgeService } = built('user-queue/control/purge.service');
    PurgeService.prototype.cancelRest = async () => undefined;
  },
  /** A bucket is never empty. */
  rate: () => rewrite('if control[INTERVAL] and control[TAT] then', 'if false then'),
  /** Tokens do not begin above those of the epochs before. */
  tokens: () => rewrite("text(string.match(EPOCH, '^%d+') * 4294967296)", "'1'"),
  /** What an external worker tells is answered, and not recorded. */
  told: () => {
    const { WorkService } = built('workers/external/work.service');
    WorkService.prototype.complete = async () => ({ status: 'succeeded' });
  },
  /** The requests of an erased user are left alone. */
  erased: () => {
    const { Erasures } = built('auth/erasure/erasures.service');
    Erasures.prototype.endData = async () => undefined;
  },
  /** A slot stays with its user as long as anything of theirs waits. */
  fair: () => {
    const { Processor } = built('workers/in-process/processor.service');
    Processor.prototype.wantedAfter = () => 'next';
  },
};

const takeOut = TAKE_OUT[process.env.WITHOUT_RULE ?? ''];
if (!takeOut) throw new Error(`WITHOUT_RULE must be one of ${Object.keys(TAKE_OUT).join(', ')}`);
takeOut();
built('main');
