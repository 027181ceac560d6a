import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { version } from '../../../../package.json';
import { hookEvents } from '../../capture/claude-hooks/hook-events.ts';
import { temporaryFolder } from '../../store/testing/temporary-store.ts';
import { shippedPluginFolder } from './own-command.ts';
import { writePluginFiles } from './plugin-files.ts';
import { shellLine } from './shell-words.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

async function json(...path: string[]): Promise<unknown> {
  const value: unknown = JSON.parse(await readFile(join(...path), 'utf8'));
  return value;
}

// Catches: a hook that was added to the settings and forgotten in the plugin, or with another limit.
test('the plugin ships the hooks of the settings file', async () => {
  const shipped = await shippedPluginFolder();
  const expected = Object.fromEntries(
    hookEvents.map(({ name, timeoutSeconds: timeout, matcher }) => [
      name,
      [
        {
          ...(matcher === undefined ? {} : { matcher }),
          hooks: [{ type: 'command', command: 'cmem', args: ['hook'], timeout }],
        },
      ],
    ]),
  );
  expect(await json(shipped, 'hooks/hooks.json')).toMatchObject({ hooks: expected });
  expect(await json(shipped, '.claude-plugin/plugin.json')).toMatchObject({ name: 'claude-mem', version });
});

// Catches: a plugin that only runs where `cmem` is on the PATH, and a half-written one.
test('written for an installation it calls that one by its whole path', async () => {
  const to = join(folder.dir, 'claude-plugin');
  const mcp = { command: '/opt/App Name/app', args: ['/opt/cli.js', 'mcp'], env: { ELECTRON_RUN_AS_NODE: '1' } };
  const hook = { command: 'C:\\node.exe', args: ['C:\\cli.js', 'hook'], env: {} };
  const parts = { from: await shippedPluginFolder(), to, mcp };
  await writePluginFiles({ ...parts, hook });
  expect(await json(to, '.mcp.json')).toEqual({ mcpServers: { memory: mcp } });
  const hooks = await readFile(join(to, 'hooks/hooks.json'), 'utf8');
  expect(hooks).not.toContain('cmem');
  expect(hooks.match(/"C:\\\\cli\.js"/g)).toHaveLength(hookEvents.length);
  await writePluginFiles({ ...parts, hook: null });
  await expect(readFile(join(to, 'hooks/hooks.json'))).rejects.toThrow(/ENOENT/);
  expect(await readFile(join(to, 'skills/recall/SKILL.md'), 'utf8')).toContain('get_observations');
});

describe('a line for the shell', () => {
  test.each([
    [['claude', 'mcp'], 'linux', 'claude mcp'],
    [["/home/o'neil/a b"], 'linux', `'/home/o'\\''neil/a b'`],
    [['$(reboot)', '`x`'], 'darwin', `'$(reboot)' '\`x\`'`],
    [['C:\\Users\\A B\\x.js', 'C:\\x.js'], 'win32', '"C:\\Users\\A B\\x.js" C:\\x.js'],
    [['X-API-Key: YOUR_API_KEY'], 'win32', '"X-API-Key: YOUR_API_KEY"'],
  ] as const)('%j on %s', (words, platform, line) => expect(shellLine(words, platform)).toBe(line));
});
