/**
 * Who may know whom. Production code of a room may import the rooms in its row and itself, nothing else.
 * A new room or package gets a row here and, for a folder, a line in docs/architecture.md.
 */

export type Arrow = string | { room: string; typesOnly: true };

const shared = ['shared', 'observe'];
const ground = ['store', 'embed', 'ai', 'jobs', ...shared];
const middle = ['memory', 'search', 'capture', 'access', 'safety', ...ground];

const typesOf = (room: string): Arrow => ({ room, typesOnly: true });

/** room → what its production code may import besides itself. */
export const arrows: Record<string, readonly Arrow[]> = {
  shared: [],
  observe: ['shared'],
  // Rooms of one level do not know each other; what one needs of another is handed in by worker/.
  store: shared,
  embed: shared,
  ai: shared,
  jobs: shared,
  memory: ground,
  search: ground,
  capture: ground,
  access: ground,
  safety: ground,
  api: middle,
  http: ['api', ...middle],
  // The worker reaches the desktop as an interface; index.ts puts the two together.
  electron: ['api', typesOf('worker'), ...middle],
  worker: ['http', 'api', ...middle],
  cli: [
    'capture/claude-hooks',
    'capture/claude-settings-file',
    'store/data-folder',
    'store/inspect-file',
    'store/make-folder',
    'store/worker-file',
    'access/tokens',
    'access/prove-worker',
    typesOf('api'),
    ...shared,
  ],
  preload: ['shared'],
  renderer: [typesOf('api'), 'shared'],
  // The three entries: tables of contents.
  'entry:index': ['electron', 'worker', ...shared, 'store/data-folder', 'capture/claude-hooks'],
  'entry:headless': ['worker', ...shared, 'store/data-folder', 'capture/claude-hooks'],
  'entry:cli': ['cli', ...shared],
};

/** Tests put more together than the code that they test: everything of their own process. */
export const testArrows: Record<string, readonly Arrow[]> = {
  main: Object.keys(arrows).filter(
    (room) => !['electron', 'preload', 'renderer'].includes(room) && !room.startsWith('entry:'),
  ),
  electron: Object.keys(arrows).filter((room) => room !== 'renderer' && !room.startsWith('entry:')),
  preload: ['shared', 'electron', 'api'],
  renderer: [typesOf('api'), 'shared'],
  shared: [],
};

const everyMainRoom = Object.keys(arrows).filter((room) => !['shared', 'preload', 'renderer'].includes(room));

/** Rooms that may import package.json, for the version. */
export const mayReadVersion = ['worker', 'cli', 'electron', 'entry:cli', 'entry:headless'];

/** npm package, or one of its subpaths → rooms that may import it. `node:` stands for Node's own modules. */
export const packages: Record<string, readonly Arrow[]> = {
  'node:': everyMainRoom,
  electron: ['electron', 'preload', 'entry:index'],
  'better-sqlite3': ['store', 'safety'],
  'sqlite-vec': ['store', 'search'],
  '@trpc/server': ['api', 'http', 'electron', 'worker', typesOf('renderer')],
  // tRPC's links are made of observables, which only the server package exports.
  '@trpc/server/observable': ['renderer', 'electron'],
  '@trpc/client': ['renderer', 'cli'],
  '@trpc/tanstack-react-query': ['renderer'],
  superjson: ['api', 'http', 'electron', 'cli', 'renderer'],
  zod: [
    'api',
    'http',
    'electron',
    'worker',
    'capture',
    'memory',
    'access',
    'store',
    'embed',
    'cli',
    'ai',
    'jobs',
    'safety',
  ],
  '@anthropic-ai/sdk': ['ai'],
  // Arguments of tools that a person registered.
  ajv: ['worker'],
  openai: ['ai'],
  croner: ['jobs'],
  '@modelcontextprotocol/server': ['http'],
  'eventsource-parser': ['cli'],
  hono: ['http'],
  '@hono/node-server': ['http'],
  ws: ['http'],
  'zod-openapi': ['http'],
  'prom-client': ['worker'],
  jose: ['access'],
  'hash-wasm': ['access'],
  stemmer: ['search'],
  uuid: ['store', 'capture', 'memory', 'jobs', 'http', 'access', 'worker'],
  commander: ['cli', 'entry:cli', 'entry:headless'],
  react: ['renderer'],
  'react-dom': ['renderer'],
  i18next: ['renderer', 'electron'],
  'react-i18next': ['renderer'],
  'lucide-react': ['renderer'],
  '@base-ui/react': ['renderer'],
  '@fontsource-variable/inter': ['renderer'],
  '@tanstack/react-query': ['renderer'],
  '@tanstack/react-router': ['renderer'],
  '@tanstack/react-virtual': ['renderer'],
  tailwindcss: ['renderer'],
};

/** Only tests may import these. */
export const testPackages = new Set([
  // A test calls the worker as a client does.
  '@modelcontextprotocol/client',
  'eventsource-parser',
  'fast-check',
  '@trpc/client',
  'superjson',
  'vitest',
  '@testing-library/react',
  '@seriousme/openapi-schema-validator',
  'axe-core',
  'jsdom',
  'better-sqlite3',
  'node:',
]);
