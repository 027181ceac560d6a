import { describe, expect, it } from 'vitest';
import { commandNames, onlyLooks } from './command-name.ts';
import { errorSignature } from './error-signature.ts';
import { fileEntity } from './entities-of.ts';
import { namedThings } from './named-things.ts';

describe('errorSignature', () => {
  // Catches: the same error counted as another one because it happened elsewhere, or another time.
  it.each([
    ['Exit code 1\nSQLITE_BUSY: database is locked', 'SQLITE_BUSY: database is locked'],
    [
      'Error: listen EADDRINUSE: address already in use 127.0.0.1:37700\n  at Server.x (node:net:1)',
      'Error: listen EADDRINUSE: address already in use <n>:<n>',
    ],
    [
      "Exit code 2\nsrc/a.ts(12,5): error TS2345: Argument of type 'string'",
      "<path>(<n>): error TS2345: Argument of type 'string'",
    ],
    [
      '  File "/home/x/a.py", line 3\nModuleNotFoundError: No module named \'foo.bar\'',
      "ModuleNotFoundError: No module named 'foo.bar'",
    ],
    ['npm ERR! code ELIFECYCLE\nnpm ERR! errno 1', 'code ELIFECYCLE'],
    ['fatal: bad object 3f2a9bc1d', 'fatal: bad object <hash>'],
    ['AssertionError: expected 3 to be 4 at 2026-01-02T03:04:05Z', 'AssertionError: expected <n> to be <n> at <time>'],
    ['request 3f2a9bc1-aaaa-4bbb-8ccc-1234567890ab failed: https://a.b/c?d=1', 'request <id> failed: <url>'],
    ['错误：连接 10.0.0.1:5432 超时 3000ms', '错误：连接 <n>:<n> 超时 <n>'],
    ['Warming up\nall is well\nC:\\Users\\x\\a.ts:1:2 - error TS1005: expected', '<path> - error TS1005: expected'],
  ])('%j', (error, signature) => expect(errorSignature(error)).toBe(signature));

  // Catches: an entity that stands for every failure.
  it.each(['', 'Exit code 1', '404', '---\n===', '/a/b/c.ts:1:2', '\n\n'])('%j tells nothing', (error) =>
    expect(errorSignature(error)).toBeNull(),
  );

  it('is short and quick whatever is said', () => {
    for (const unit of ['a/', 'x.', '0x', '((', '错', '1.', "'", '<path>']) {
      expect((errorSignature(`error ${unit.repeat(100_000)}`) ?? '').length).toBeLessThanOrEqual(160);
    }
  });
});

// Catches: a command that is another one because of its folder, its settings or what it is piped into.
it.each([
  ['node test/checkout.test.js', ['node test/checkout.test.js']],
  ['cd /x && npm test 2>&1 | tail -5', ['npm test']],
  ['FOO=1 npx vitest run src/a.test.ts', ['vitest run']],
  ['git commit -m "fix: a; b && c"', ['git commit']],
  ['python3 -m pytest tests/a.py -k x', ['python3 -m pytest']],
  ['node -e "console.log(1); process.exit()"', ['node']],
  ['npm run build -- --watch', ['npm run build']],
  ['sudo timeout 30 /usr/bin/make -j4 all', ['make all']],
  ['for i in 1 2; do npm test; done', ['npm test']],
  ["cat <<'EOF' > a.txt\nrm -rf /\nEOF\ngit status", ['cat', 'git status']],
  ['docker compose up -d && docker compose logs', ['docker compose up', 'docker compose logs']],
  ['echo done; exit 0', []],
  ['', []],
  ['|||;;&&', []],
  [`'${'a'.repeat(10_000)}`, []],
])('commandNames(%j)', (line, names) => expect(commandNames(line).map(({ name }) => name)).toEqual(names));

it('tells what mends from what only looks', () => {
  expect(['ls', 'git status', 'grep', 'cat'].map(onlyLooks)).not.toContain(false);
  expect(['npm install', 'git checkout', 'rm', 'make all'].map(onlyLooks)).not.toContain(true);
});

// Catches: ordinary words that tie everything to everything, and secrets' marks taken for names.
it.each([
  [
    'set `busy_timeout` in openDatabase(), see SQLITE_BUSY and WAL',
    ['busy_timeout', 'openDatabase', 'SQLITE_BUSY', 'WAL'],
  ],
  ['ALWAYS run THE tests, `npm` is fine, do NOT panic', []],
  ['[REDACTED:aws_key] at https://a.b/c_d', []],
  ['登录超时：`busy_timeout` 与 createSession 冲突', ['busy_timeout', 'createSession']],
  ['', []],
])('namedThings(%j)', (text, names) => expect(namedThings(text)).toEqual(names));

// Catches: one file under two names, or two files of two projects under one.
it.each([
  ['/home/dev/shop/src/a.ts', 'src/a.ts', 7],
  ['src/a.ts', 'src/a.ts', 7],
  ['./src//a.ts', 'src/a.ts', 7],
  ['/etc/hosts', '/etc/hosts', null],
  ['/home/dev/shopping/a.ts', '/home/dev/shopping/a.ts', null],
  ['C:\\shop\\a.ts', 'C:/shop/a.ts', null],
])('fileEntity(%j)', (path, key, projectPk) =>
  expect(fileEntity(path, '/home/dev/shop', 7)).toEqual({ kind: 'file', key, projectPk }),
);

it.each(['../x.ts', 'a/../../b.ts', 'src/', '', '...'])('fileEntity(%j) is none', (path) =>
  expect(fileEntity(path, '/home/dev/shop', 7)).toBeNull(),
);
