import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Locale } from '../../shared/messages/fill.ts';
import { temporaryFolder } from '../store/testing/temporary-store.ts';
import { exitCodes } from './cli-error.ts';
import { runCmem } from './testing/run-cmem.ts';

const folder = temporaryFolder();
const dataDir = join(folder.dir, 'data');
beforeAll(() => mkdirSync(dataDir));
afterAll(() => folder.remove());

const cmem = (args: string[], locale: Locale = 'en') => runCmem({ dataDir }, args, { locale });

// What was understood asks for the worker, and none runs here.
test.each([
  [['search', '-redis wal']],
  [['search', '-type:command busy']],
  [['search', 'cache', '-redis', '--limit', '3']],
  [['search', '-"a phrase"']],
  [['search', '-handler']],
  [['search', '-Vault']],
  [['search', '--file', '-x', 'busy']],
  [['ask', '-x, what is it?']],
  [['remember', '-x is the flag', '--tag', 'flags']],
])('text may begin with a dash: %j', async (args) => {
  expect(await cmem(args)).toMatchObject({ exitCode: exitCodes.notRunning, printed: '' });
});

// Catches: a mistyped option that is searched for, help that an exclusion calls for, and an error in the other language.
test.each<[string[], string, string]>([
  [['search', '--opton', 'x'], "unknown option '--opton'", '没有选项“--opton”'],
  [
    ['search', '-redis', '--limt', '3'],
    "unknown option '--limt'\n(Did you mean --limit?)",
    '没有选项“--limt”\n（您是不是想用 --limit？）',
  ],
  [['status', '-x'], "unknown option '-x'", '没有选项“-x”'],
  [['search'], "missing required argument 'text'", '缺少参数“text”'],
  [['serach', 'x'], "unknown command 'serach'\n(Did you mean search?)", '没有命令“serach”\n（您是不是想用 search？）'],
  [['help', 'bogus'], "unknown command 'bogus'", '没有命令“bogus”'],
  [['help', 'keys', 'bogus'], "unknown command 'bogus'", '没有命令“bogus”'],
  [['keys', 'lst'], "unknown command 'lst'", '没有命令“lst”'],
  [['permissions', 'help', 'bogus'], "unknown command 'bogus'", '没有命令“bogus”'],
  [
    ['status', 'now', 'please'],
    "too many arguments for 'status'. Expected 0 arguments but got 2: now, please.",
    '命令“status”的参数过多：需要 0 个，给了 2 个：now, please。',
  ],
  [
    ['unforget', 'a', 'b'],
    "too many arguments for 'unforget'. Expected 1 argument but got 2: a, b.",
    '命令“unforget”的参数过多：需要 1 个，给了 2 个：a, b。',
  ],
])('%j is wrong usage, and said in both languages', async (args, english, chinese) => {
  expect(await cmem(args)).toEqual({ exitCode: exitCodes.usage, printed: '', failed: `error: ${english}` });
  expect(await cmem(args, 'zh-CN')).toMatchObject({ exitCode: exitCodes.usage, failed: `错误: ${chinese}` });
});

test('help shows the program, a command and one of a group, and that text may begin with a dash', async () => {
  expect((await cmem(['help'])).printed).toMatch(/help .*\[command\.\.\.\]/);
  expect((await cmem(['help', 'search'])).printed).toContain("such as '-redis wal'");
  expect((await cmem(['search', '-h'], 'zh-CN')).printed).toContain('以一个短横线开头的是文本');
  const ofKey = await cmem(['help', 'keys', 'create']);
  expect(ofKey).toMatchObject({ exitCode: 0, printed: expect.stringContaining('--per-minute') as unknown });
  expect((await cmem(['keys', 'help', 'create'])).printed).toBe(ofKey.printed);
  expect((await cmem(['keys', '--help'])).printed).toContain('rotate');
});

test('a group without a list shows its help where errors go, and options may come before the command', async () => {
  const alone = await cmem(['hooks']);
  expect(alone).toMatchObject({ exitCode: exitCodes.usage, printed: '' });
  expect(alone.failed).toContain('uninstall');
  expect(await cmem(['--json', 'search', '-redis'])).toMatchObject({
    exitCode: exitCodes.notRunning,
    failed: expect.stringContaining('"WORKER_NOT_RUNNING"') as unknown,
  });
});

// Catches: options that are read and left aside.
test.each([
  [['stats', '--since', '2027-01-01'], '--since goes with --growth'],
  [['stats', '--until', '2027-01-01'], '--until goes with --growth'],
  [['token', '--capture', '--link'], 'not both'],
])('%j is refused', async (args, sentence) => {
  expect(await cmem(args)).toMatchObject({
    exitCode: exitCodes.usage,
    failed: expect.stringContaining(sentence) as unknown,
  });
});
