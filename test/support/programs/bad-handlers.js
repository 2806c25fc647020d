// @ts-check
/** The built application with handlers that behave as badly as handlers can. Run by AppProcess.spawn. */
const { join } = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');
const { Module } = require('@nestjs/common');

/** @param {string} file of the built application */
const built = (file) => require(join(__dirname, '../../../dist', file));
const { RequestHandler } = built('handlers/request-handler.decorator');
const { run } = built('run');
const { JsonText } = built('handlers');

const never = () => new Promise(() => undefined);
/** What `slow` takes, ms: longer than the leases of the tests. */
const SLOW_MS = 2_000;

/** @type {Record<string, (payload: any) => unknown>} */
const HANDLERS = {
  /** Ignores that it is told to stop, and never ends. */
  deaf: never,
  /** Ignores that it is told to stop, and ends when it is done. Tells a URL when it begins and when it ends. */
  slow: async (/** @type {{ url: string, fails: boolean }} */ { url, fails }) => {
    await fetch(`${url}/begins`);
    await delay(SLOW_MS);
    await fetch(`${url}/ends`);
    if (fails) throw new Error('told to fail');
  },
  /** Blocks the event loop: nothing of this process can stop it but another thread. */
  block: () => {
    for (;;);
  },
  /** Calls JSON what is none. */
  babble: () => new JsonText('{ nope'),
  /** Takes its process with it. */
  die: () => process.kill(process.pid, 'SIGKILL'),
  /** Asks a URL first, if it is given one, and then harms its process in the way that it is told. */
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
