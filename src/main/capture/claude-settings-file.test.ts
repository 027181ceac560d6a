import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hooksStatus, installHooks, uninstallHooks } from './claude-hooks/install-hooks.ts';
import { SettingsFileError } from './claude-hooks/settings-file-error.ts';
import { changeSettingsFile } from './claude-settings-file.ts';

const target = { url: 'http://127.0.0.1:37700', captureToken: 'cmc_first' };

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claude-settings-'));
  file = join(folder, 'settings.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (path = file) => readFileSync(path, 'utf8');
const write = (text: string) => writeFileSync(file, text);
const backups = () => readdirSync(folder).filter((name) => name.includes('.claude-mem-backup-'));
const leftovers = () => readdirSync(folder).filter((name) => name.endsWith('.tmp'));
const install = () => installHooks({ settingsFile: file, ...target });
const uninstall = () => uninstallHooks({ settingsFile: file });

describe('the file itself', () => {
  test('is made private when missing, together with its folder; uninstall then leaves {}', () => {
    file = join(folder, 'config', 'claude', 'settings.json');
    expect(hooksStatus({ settingsFile: file, ...target }).state).toBe('absent');
    expect(uninstall().state).toBe('absent');
    expect(existsSync(file)).toBe(false);
    expect(install().state).toBe('installed');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    uninstall();
    expect(read()).toBe('{}\n');
  });

  test('keeps its mode, and backups are private', () => {
    write('{}');
    chmodSync(file, 0o640);
    install();
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(statSync(join(folder, backups()[0] ?? '')).mode & 0o777).toBe(0o600);
  });

  test.each(['present', 'missing'])('behind a link is changed and the link stays (target %s)', (state) => {
    const dotfiles = join(folder, 'dotfiles');
    const real = join(dotfiles, 'claude.json');
    mkdirSync(dotfiles);
    if (state === 'present') writeFileSync(real, '{}');
    symlinkSync(join('dotfiles', 'claude.json'), file);
    install();
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(read(real)).toContain('/hooks/claude-code');
    expect(readdirSync(dotfiles)).toEqual(['claude.json']);
  });

  test('keeps the five newest backups, also within one millisecond', () => {
    const states = ['{}'];
    write('{}');
    for (let round = 0; round < 4; round++) {
      install();
      states.push(read());
      uninstall();
      states.push(read());
    }
    const kept = backups()
      .toSorted()
      .map((name) => read(join(folder, name)));
    expect(kept).toEqual(states.slice(0, -1).slice(-5));
  });

  test('what another program writes between our read and our write is merged, not lost', () => {
    write('{"a": 1}');
    let calls = 0;
    const changed = changeSettingsFile(file, (text) => {
      calls += 1;
      if (calls === 1) write('{"a": 1, "theirs": true}');
      return text?.replace('{', '{"ours": true, ') ?? null;
    });
    expect({ changed, calls }).toEqual({ changed: true, calls: 2 });
    expect(JSON.parse(read())).toEqual({ a: 1, ours: true, theirs: true });
    expect(backups()).toHaveLength(1);
  });

  test('gives up with a clear error when the other program never stops, and leaves no temporary file', () => {
    write('{}');
    let calls = 0;
    const attempt = () =>
      changeSettingsFile(file, () => {
        calls += 1;
        write(`{"a": ${calls}}`);
        return '{"ours": true}';
      });
    expect(attempt).toThrow(new SettingsFileError('SETTINGS_CHANGING', { file }));
    expect(JSON.parse(read())).toEqual({ a: calls });
    expect([...backups(), ...leftovers()]).toEqual([]);
  });
});
