// @ts-check
/** The built application with handlers that misbehave in every way. Started by AppProcess.spawn. */
const { join } = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');
const { Module } = require('@nestjs/common');

/** @param {string} file the path of a file below dist */
const built = (file) => require(join(__dirname, '../../../dist', file));
const { RequestHandler } = built('handlers/request-handler.decorator');
const { run } = built('run');
const { JsonText } = built('handlers');

const never = () => new Promise(() => undefined);
/** Duration of `slow`, ms: longer than the leases of the tests. */
const SLOW_MS = 10_000;

/** @type {Record<string, (payload: any) => unknown>} */
const HANDLERS = {
  /** Ignores its abort signal, and never ends. */
  deaf: never,
  /** Ignores its abort signal, and ends after its time. Calls a URL when it begins and when it ends. */
  slow: async (/** @type {{ url: string, fails: boolean }} */ { url, fails }) => {
    await fetch(`${url}/begins`);
    await delay(SLOW_MS);
    await fetch(`${url}/ends`);
    if (fails) throw new Error('told to fail');
  },
  /** Blocks the event loop: only another thread can stop it. */
  block: () => {
    for (;;);
  },
  /** Returns invalid JSON as JSON. */
  babble: () => new JsonText('{ nope'),
  /** Kills its process. */
  die: () => process.kill(process.pid, 'SIGKILL'),
  /** First calls the URL of its payload, if there is one, and then harms its process as the payload says. */
  harm: async (/** @type {{ url: string, how: string }} */ { url, how }) => {
    await fetch(url);
    return HARMS[how]?.();
  },
};

/** @type {Record<string, () => unknown>} */
const HARMS = {
  none: () => 'no harm',
  fail: () => {
    throw new Error('told to fail');
  },
  exit: () => process.exit(3),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  block: () => {
    for (;;);
  },
  deaf: never,
  throw: () => {
    setTimeout(() => {
      throw new Error('thrown by nobody');
    });
    return never();
  },
  hoard: () => {
    const hoard = [];
    for (;;) hoard.push(new Array(100_000).fill(hoard.length));
  },
};

const providers = Object.entries(HANDLERS).map(([type, handle]) => {
  class BadHandler {
    async handle(/** @type {unknown} */ payload) {
      return handle(payload);
    }
  }
  RequestHandler(type)(BadHandler);
  return { provide: type, useClass: BadHandler };
});

class BadHandlersModule {}
Module({ providers })(BadHandlersModule);

void run([BadHandlersModule]);
