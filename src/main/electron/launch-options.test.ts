import { expect, test } from 'vitest';
import { readLaunchOptions } from './launch-options.ts';

const none = { dataDir: undefined, port: undefined, hidden: false, startedBy: 'person' };

test.each([
  ['nothing', ['app'], {}, none],
  [
    'a folder, a port, no window, for an agent',
    ['app', '.', '--data', 'here', '--port', '0', '--hidden', '--started-by', 'agent'],
    {},
    { dataDir: 'here', port: 0, hidden: true, startedBy: 'agent' },
  ],
  ['values behind =', ['app', '--data=over there', '--port=1'], {}, { ...none, dataDir: 'over there', port: 1 }],
  ['a port of the environment', ['app'], { CLAUDE_MEM_PORT: '40000' }, { ...none, port: 40_000 }],
  ['the command line before the environment', ['app', '--port', '1'], { CLAUDE_MEM_PORT: '2' }, { ...none, port: 1 }],
  ['an empty environment variable', ['app'], { CLAUDE_MEM_PORT: '' }, none],
  ["Chromium's switches beside", ['app', '--no-sandbox', '--user-data-dir=/x', '--inspect=0', '.'], {}, none],
])('%s', (_name, argv, env, expected) => {
  expect(readLaunchOptions(argv, env)).toEqual(expected);
});

// Catches: a typing error that silently starts the app on the default folder or port.
test.each([
  [['app', '--port', 'abc'], {}, 'must be a number'],
  [['app', '--port', '65536'], {}, 'must be a number'],
  [['app', '--port=-1'], {}, 'must be a number'],
  [['app', '--port'], {}, 'must be a number'],
  [['app', '--data'], {}, 'needs a folder'],
  [['app', '--data='], {}, 'needs a folder'],
  [['app', '--hidden=no'], {}, 'takes no value'],
  [['app', '--started-by', 'cron'], {}, 'person or agent'],
  [['app'], { CLAUDE_MEM_PORT: '1e3' }, 'must be a number'],
])('%j is refused with a sentence', (argv, env, sentence) => {
  expect(() => readLaunchOptions(argv, env)).toThrow(sentence);
});
