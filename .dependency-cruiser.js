// @ts-check
/** Who may import whom; docs/architecture.md says why. `npm test` keeps it as the step "layering". */

/**
 * The rooms of `src` and the other rooms that each may import, besides the open ones.
 * @type {Record<string, readonly string[]>}
 */
const ROOMS = {
  stores: [],
  http: [],
  users: ['stores'],
  auth: ['users', 'stores'],
  queue: ['stores'],
  handlers: [],
  types: ['handlers', 'auth', 'stores'],
  journal: ['queue', 'stores'],
  'user-queue': ['journal', 'queue', 'auth'],
  requests: ['user-queue', 'journal', 'queue', 'handlers', 'auth', 'users', 'stores'],
  enqueue: ['requests', 'user-queue', 'journal', 'types', 'queue', 'handlers', 'auth'],
  'user-events': ['queue', 'auth', 'stores'],
  webhooks: ['requests', 'journal', 'handlers', 'auth', 'users', 'stores'],
  'workers/turns': ['user-queue', 'journal', 'queue', 'handlers'],
  'workers/in-process': ['workers/turns', 'journal', 'queue', 'handlers'],
  'workers/external': ['workers/turns', 'types', 'journal', 'queue', 'handlers', 'auth'],
  throughput: ['stores'],
  metrics: [],
  tracing: [],
  health: ['stores'],
  maintenance: ['user-queue', 'journal', 'queue', 'users', 'stores'],
  admin: ['requests', 'user-queue', 'journal', 'queue', 'auth', 'users', 'throughput', 'stores'],
  console: [],
  'custom-handlers': ['handlers'],
};

/**
 * The rooms that every other one may import, and what they import themselves.
 * @type {Record<string, readonly string[]>}
 */
const OPEN = { common: [], config: ['common'], events: ['common', 'config'] };

/**
 * @param {string} room
 * @param {readonly string[]} mayImport
 */
const layer = (room, mayImport) => ({
  name: `${room}-imports`,
  comment: `${room} may import: ${mayImport.join(', ')}`,
  severity: /** @type {const} */ ('error'),
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...mayImport].join('|')})/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(OPEN).map(([room, others]) => layer(room, others)),
    ...Object.entries(ROOMS).map(([room, others]) => layer(room, [...Object.keys(OPEN), ...others])),
    {
      name: 'a-room-of-the-list',
      comment: 'A new room needs a line in ROOMS.',
      severity: 'error',
      from: {
        path: '^src/[^/]+/',
        pathNot: `^src/(${[...Object.keys(OPEN), ...Object.keys(ROOMS)].join('|')})/`,
      },
      to: {},
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one idea in the wrong places.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-development-packages',
      comment: 'The image has only what "dependencies" names.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
