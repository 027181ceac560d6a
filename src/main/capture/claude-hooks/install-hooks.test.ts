import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hookEvents } from './hook-events.ts';
import { hooksStatus, installHooks, uninstallHooks } from './install-hooks.ts';
import { SettingsFileError } from './settings-file-error.ts';

const target = { url: 'http://127.0.0.1:37700', captureToken: 'cmc_first' };
const other = { url: 'http://127.0.0.1:40001', captureToken: 'cmc_second' };

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claude-hooks-'));
  file = join(folder, 'settings.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (path = file) => readFileSync(path, 'utf8');
const write = (text: string | Buffer) => writeFileSync(file, text);
const backups = () => readdirSync(folder).filter((name) => name.includes('.claude-mem-backup-'));
const leftovers = () => readdirSync(folder).filter((name) => name.endsWith('.tmp'));
const install = (hooks = target) => installHooks({ settingsFile: file, ...hooks });
const uninstall = () => uninstallHooks({ settingsFile: file });
const errorOf = (action: () => unknown): SettingsFileError => {
  try {
    action();
  } catch (error) {
    if (error instanceof SettingsFileError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

const foreign = `{
    "model": "opus",
    "permissions": { "allow": ["Bash(npm test)", "Read"], "deny": [] },
    "big": 12345678901234567890,
    "hooks": {
        "PreToolUse": [
            { "matcher": "Bash", "hooks": [{ "type": "command", "command": "guard.sh" }] }
        ],
        "Stop": [
            {
                "hooks": [ { "type": "command", "command": "say done" },
                           { "type": "http", "url": "http://127.0.0.1:9/hooks/claude-code", "headers": {"X-Other": "1"} } ]
            }
        ],
        "MadeUpEvent": []
    },
    "2": "keys that look like numbers must keep their place", "1": 1
}
`;

/** Each is given back byte for byte by install and uninstall, whatever its layout. */
const layouts: [string, string][] = [
  ['hooks of other tools, four spaces, compact parts, long numbers', foreign],
  ['tabs', '{\n\t"model": "opus",\n\t"hooks": {\n\t\t"Stop": [\n\t\t\t{ "hooks": [] }\n\t\t]\n\t}\n}\n'],
  ['CRLF lines', '{\r\n  "model": "opus"\r\n}\r\n'],
  ['one line', '{"model":"opus","hooks":{"Stop":[{"hooks":[{"type":"command","command":"x"}]}]}}'],
  ['no line break at the end', '{\n  "model": "opus"\n}'],
  ['a byte order mark', '\uFEFF{\n  "model": "opus"\n}\n'],
  ['an empty object', '{}\n'],
  ['an empty hooks that somebody wrote', '{\n  "hooks": {}\n}\n'],
  ['an empty event that somebody wrote', '{\n  "hooks": {\n    "Stop": []\n  }\n}\n'],
  ['a key that is special in JavaScript', '{\n  "__proto__": { "a": 1 },\n  "constructor": null\n}\n'],
  ['not only Latin text', '{\n  "语言": "简体中文 🙂",\n  "escaped": "\\u0000\\ud800"\n}\n'],
];

describe('install and uninstall', () => {
  test.each(layouts)('gives back every byte: %s', (_name, text) => {
    write(text);
    expect(install().state).toBe('installed');
    const installed = read();
    expect(JSON.parse(installed.replace('\uFEFF', ''))).toHaveProperty('hooks.Stop');
    expect(installed.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
    expect(uninstall().state).toBe('absent');
    expect(read()).toBe(text);
    expect(leftovers()).toEqual([]);
  });

  test.each(layouts)('a second install changes no byte and makes no backup: %s', (_name, text) => {
    write(text);
    install();
    const installed = read();
    expect(backups()).toHaveLength(1);
    install();
    expect(read()).toBe(installed);
    expect(backups()).toHaveLength(1);
    expect(read(join(folder, backups()[0] ?? ''))).toBe(text);
  });

  test('every other byte of the file is still there, in order, while installed', () => {
    write(foreign);
    install();
    const lines = read().split('\n');
    let at = -1;
    for (const line of foreign.split('\n')) {
      const next = lines.findIndex(
        (candidate, index) => index > at && candidate.replace(/,$/, '') === line.replace(/,$/, ''),
      );
      expect(next, line).toBeGreaterThan(at);
      at = next;
    }
  });

  test('writes each event once, curl only where http is never sent', () => {
    install();
    const settings = JSON.parse(read()) as { hooks: Record<string, { hooks: Record<string, unknown>[] }[]> };
    expect(Object.keys(settings.hooks)).toEqual(hookEvents.map(({ name }) => name));
    const kinds = Object.entries(settings.hooks).map(([name, groups]) => [name, groups[0]?.hooks[0]?.['type']]);
    expect(kinds.filter(([, type]) => type !== 'http')).toEqual([['SessionStart', 'command']]);
    expect(settings.hooks['SessionStart']?.[0]?.hooks[0]).toEqual({
      type: 'command',
      command: 'curl',
      args: [
        '-s',
        '--connect-timeout',
        '0.5',
        '--max-time',
        '3',
        '-X',
        'POST',
        '-H',
        'Content-Type: application/json',
        '-H',
        'Authorization: Bearer cmc_first',
        '-H',
        'X-Claude-Mem: 1',
        '--data-binary',
        '@-',
        'http://127.0.0.1:37700/hooks/claude-code',
      ],
      timeout: 5,
    });
  });

  test('a new port and token replace the old entries in place and leave one of each', () => {
    write(foreign);
    install();
    const status = hooksStatus({ settingsFile: file, ...other });
    expect(status.state).toBe('outdated');
    expect(status.problems[0]).toContain('SessionStart');
    const before = read();
    expect(install(other).state).toBe('installed');
    expect(read()).toBe(before.replaceAll('127.0.0.1:37700', '127.0.0.1:40001').replaceAll('cmc_first', 'cmc_second'));
    uninstall();
    expect(read()).toBe(foreign);
  });

  test('a repeated, a narrowed and an abandoned entry of ours are put right; a shared group keeps its other handlers', () => {
    install();
    const settings = JSON.parse(read()) as { hooks: Record<string, Record<string, unknown>[]> };
    const { Stop: stop = [], PostToolUse: tools = [], Notification: notice = [] } = settings.hooks;
    const theirs = { type: 'command', command: 'theirs' };
    settings.hooks['Stop'] = [...stop, ...stop];
    settings.hooks['PostToolUse'] = tools.map((group) => ({ matcher: 'Bash', ...group }));
    settings.hooks['WorktreeCreate'] = tools;
    settings.hooks['Notification'] = notice.map((group) => ({
      hooks: [theirs, ...(group['hooks'] as object[]), theirs],
    }));
    write(JSON.stringify(settings, null, 2));
    expect(hooksStatus({ settingsFile: file, ...target }).state).toBe('outdated');
    expect(install().state).toBe('installed');
    const mended = JSON.parse(read()) as typeof settings;
    expect(mended.hooks['Stop']).toHaveLength(1);
    expect(mended.hooks['PostToolUse']?.[0]).not.toHaveProperty('matcher');
    expect(mended.hooks).not.toHaveProperty('WorktreeCreate');
    uninstall();
    expect(JSON.parse(read())).toEqual({ hooks: { Notification: [{ hooks: [theirs, theirs] }] } });
  });

  // Catches: an installation of before file history that stays without it, and one that asks for every tool call.
  test.each([
    ['missing, as an older version left it', undefined, 'partial'],
    ['without its matcher', '', 'outdated'],
    ['with another matcher', 'Bash', 'outdated'],
  ])('PreToolUse %s is put right by install, and another tool’s stays', (_name, matcher, state) => {
    write(foreign);
    install();
    const settings = JSON.parse(read()) as { hooks: Record<string, Record<string, unknown>[]> };
    const [guard = {}, own = {}] = settings.hooks['PreToolUse'] ?? [];
    expect(own['matcher']).toBe('Read|Edit|MultiEdit|Write|NotebookEdit');
    settings.hooks['PreToolUse'] = matcher === undefined ? [guard] : [guard, { ...own, matcher }];
    write(JSON.stringify(settings, null, 4));
    expect(hooksStatus({ settingsFile: file, ...target }).state).toBe(state);
    expect(install().state).toBe('installed');
    expect((JSON.parse(read()) as typeof settings).hooks['PreToolUse']).toEqual([guard, own]);
    uninstall();
    expect((JSON.parse(read()) as typeof settings).hooks['PreToolUse']).toEqual([guard]);
  });

  test('a hand-deleted event is told as partial and comes back', () => {
    install();
    const settings = JSON.parse(read()) as { hooks: Record<string, unknown> };
    delete settings.hooks['Stop'];
    write(JSON.stringify(settings));
    const status = hooksStatus({ settingsFile: file, ...target });
    expect(status.state).toBe('partial');
    expect(status.events).not.toContain('Stop');
    expect(status.problems.join()).toContain('Stop');
    install();
    uninstall();
    expect(read()).toBe('{}');
  });

  test.each([
    ['another header', { type: 'http', url: 'http://127.0.0.1:37700/hooks/claude-code', headers: { 'X-Other': '1' } }],
    ['no header', { type: 'http', url: 'http://127.0.0.1:37700/hooks/claude-code' }],
    ['another path', { type: 'http', url: 'http://127.0.0.1:37700/hooks', headers: { 'X-Claude-Mem': '1' } }],
    ['another host', { type: 'http', url: 'http://example.com/hooks/claude-code', headers: { 'X-Claude-Mem': '1' } }],
    [
      'a look-alike host',
      { type: 'http', url: 'http://127.0.0.1.evil.example/hooks/claude-code', headers: { 'X-Claude-Mem': '1' } },
    ],
    [
      'a mention in a shell command',
      { type: 'command', command: 'echo X-Claude-Mem: 1 http://127.0.0.1/hooks/claude-code' },
    ],
    ['null', null],
    ['a string', 'X-Claude-Mem'],
  ])('is not ours and stays: %s', (_name, handler) => {
    const text = JSON.stringify({ hooks: { Stop: [{ hooks: [handler] }] } }, null, 2);
    write(text);
    expect(uninstall().state).toBe('absent');
    expect(read()).toBe(text);
    expect(backups()).toEqual([]);
  });

  test('a switched-off settings file is told, because nothing would ever arrive', () => {
    write('{"disableAllHooks": true}');
    expect(install().problems.join()).toContain('disableAllHooks');
  });
});

const refused: [string, string | Buffer, string, RegExp][] = [
  ['an empty file', '', 'SETTINGS_INVALID_JSON', /the file is empty/],
  ['a line comment', '{\n  // mine\n  "a": 1\n}', 'SETTINGS_INVALID_JSON', /no comments.*line 2, column 3/],
  ['a block comment at the end', '{"a": 1} /* end */', 'SETTINGS_INVALID_JSON', /no comments.*line 1, column 10/],
  ['a trailing comma', '{\n  "a": 1,\n}', 'SETTINGS_INVALID_JSON', /comma too many at line 2, column 9/],
  ['a cut file', '{"hooks": {"Stop": [', 'SETTINGS_INVALID_JSON', /ends too early/],
  ['single quotes', "{'a': 1}", 'SETTINGS_INVALID_JSON', /line 1, column 2/],
  ['a leading zero', '{"a": 01}', 'SETTINGS_INVALID_JSON', /line 1, column 8/],
  ['a raw line break in a string', '{"a": "x\ny"}', 'SETTINGS_INVALID_JSON', /line 1, column 7/],
  ['two documents', '{} {}', 'SETTINGS_INVALID_JSON', /after the end/],
  ['nesting that would exhaust the stack', '['.repeat(100_000), 'SETTINGS_INVALID_JSON', /nested too deeply/],
  ['a root array', '[]', 'SETTINGS_WRONG_SHAPE', /"\$"/],
  ['a root null', 'null', 'SETTINGS_WRONG_SHAPE', /"\$"/],
  ['hooks as an array', '{"hooks": []}', 'SETTINGS_WRONG_SHAPE', /"hooks"/],
  ['hooks as null', '{"hooks": null}', 'SETTINGS_WRONG_SHAPE', /"hooks"/],
  ['an event as an object', '{"hooks": {"Stop": {}}}', 'SETTINGS_WRONG_SHAPE', /"hooks\.Stop"/],
  ['UTF-16', Buffer.from('\uFEFF{"a": 1}', 'utf16le'), 'SETTINGS_NOT_UTF8', /not UTF-8/],
  ['Latin-1', Buffer.from('{"a": "\u00e9"}', 'latin1'), 'SETTINGS_NOT_UTF8', /not UTF-8/],
  ['nine megabytes', `{"a": "${'x'.repeat(9_000_000)}"}`, 'SETTINGS_TOO_LARGE', /9000\d+ bytes/],
];

describe('a file that is refused', () => {
  test.each(refused)('is left as it is, and the message says where: %s', (_name, content, code, message) => {
    write(content);
    for (const action of [() => install(), uninstall]) {
      const error = errorOf(action);
      expect(error.code).toBe(code);
      expect(error.message).toMatch(message);
      expect(error.message).toContain(file);
    }
    expect(readFileSync(file).equals(Buffer.from(content))).toBe(true);
    expect(readdirSync(folder)).toEqual(['settings.json']);
    expect(hooksStatus({ settingsFile: file, ...target })).toMatchObject({ state: 'unreadable', events: [] });
  });

  test('a folder in its place, and a loop of links, are told and not thrown raw', () => {
    mkdirSync(file);
    expect(errorOf(install).code).toBe('SETTINGS_UNUSABLE');
    rmSync(file, { recursive: true });
    symlinkSync(file, file);
    expect(errorOf(install).code).toBe('SETTINGS_UNUSABLE');
  });
});
