// @ts-check
const pinoPretty = require('pino-pretty');

/**
 * Shows the service's JSON lines to a person: time, level, who says it, what; of a call its method, path, status and
 * time; of an error its stack. Other text passes as it is.
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
 *   context?: string,
 *   err?: { stack?: string },
 *   req?: { method: string, path: string },
 *   res?: { statusCode: number | null },
 *   responseTime?: number,
 * }} Line
 */

/** @param {Line} line */
function sentenceOf({ msg, context, err, req, res, responseTime }) {
  if (req) return `${req.method} ${req.path} ${res?.statusCode ?? 'no answer'}, ${responseTime} ms`;
  const said = context === undefined ? msg : `${context}: ${msg}`;
  return err?.stack === undefined ? said : `${said}\n${err.stack}`;
}

module.exports = { prettyLog };
