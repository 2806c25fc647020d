// @ts-check
const pinoPretty = require('pino-pretty');

/**
 * Shows the service's JSON lines to a person: time, level, context, text and fields; for a call its method, path, status
 * and time; for an error its stack. Other text passes as it is.
 * @param {NodeJS.WritableStream} destination
 * @returns {NodeJS.WritableStream}
 */
const prettyLog = (destination) =>
  pinoPretty({
    destination,
    colorize: true,
    hideObject: true,
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss',
    messageFormat: (line) => sentenceOf(/** @type {Line} */ (/** @type {unknown} */ (line))),
  });

/**
 * @typedef {{
 *   msg: string,
 *   event?: string,
 *   context?: string,
 *   err?: { stack?: string },
 *   [field: string]: unknown,
 * }} Line
 */

/** Fields of every line, or shown in another way. */
const SAID = new Set(['level', 'time', 'pid', 'hostname', 'context', 'event', 'msg', 'err']);

/** @param {Line} line */
function sentenceOf(line) {
  if (line.event === 'call.ended') return callOf(line);
  const { msg, context, err } = line;
  const fields = Object.entries(line)
    .filter(([name]) => !SAID.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const said = [context === undefined ? msg : `${context}: ${msg}`, ...fields].join(' ');
  return err?.stack === undefined ? said : `${said}\n${err.stack}`;
}

/** @param {Line} line */
function callOf({ method, path, statusCode, errorCode, outcome, durationMs }) {
  const end = outcome === 'answered' ? statusCode : `${statusCode ?? 'no answer'}, the client went away`;
  return `${method} ${path} ${end}${errorCode === undefined ? '' : ` ${errorCode}`}, ${durationMs} ms`;
}

module.exports = { prettyLog };
