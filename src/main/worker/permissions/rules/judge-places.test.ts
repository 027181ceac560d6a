import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../store/testing/temporary-store.ts';
import { verdictOn, type WrittenRule } from './testing/verdict-on.ts';

const folder = temporaryFolder();
const root = join(folder.dir, 'shop');
mkdirSync(join(root, 'src'), { recursive: true });
mkdirSync(join(folder.dir, 'secret'));
symlinkSync(join(folder.dir, 'secret'), join(root, 'src', 'inside'));
symlinkSync(join(folder.dir, 'not', 'yet'), join(root, 'src', 'dangling'));
afterAll(() => folder.remove());

const verdict = (tool: string, input: object, ...rules: WrittenRule[]) => verdictOn(root, tool, input, rules);

describe('paths', () => {
  const edit = (path: string, ...written: WrittenRule[]) => verdict('Edit', { file_path: path }, ...written);
  const inSource: WrittenRule = ['allow', 'Edit', 'src/**'];

  test.each(['src/a.ts', 'src/deep/er/b.ts', './src/a.ts', 'src/x/../a.ts'])('src/** allows %j', (path) => {
    expect(edit(path, inSource)).toBe('allow');
    expect(edit(join(root, path), inSource)).toBe('allow');
  });

  // Catches: a way out of the folder, by name or by link.
  test.each([
    'src/../package.json',
    '../src/a.ts',
    'src/../../secret/key',
    'src/inside/key',
    'src/inside/../../secret/new',
    'SRC/a.ts',
    'src\u202e/a.ts',
    'src/a\n.ts',
    'srcs/a.ts',
    '/src/a.ts',
    '',
  ])('src/** leaves %j to a person', (path) => {
    expect(edit(path, inSource)).toBe('person');
  });

  // Catches: a path that the client reads otherwise (blanks, the home folder), and a link to what is not there yet.
  test.each(['~/.ssh/authorized_keys', '~', ' /etc/passwd', '\t../x', 'src/dangling', 'src/dangling/x'])(
    'everything within the project does not allow %j',
    (path) => {
      expect(edit(path, ['allow', 'Edit', '**'])).toBe('person');
    },
  );

  test('one of two files is not the one that is judged', () => {
    const two = { notebook_path: '/etc/x.ipynb', file_path: 'src/a.ipynb' };
    expect(verdict('NotebookEdit', two, ['allow', '*', '**'])).toBe('person');
  });

  test('a denial sees the file behind the link, in any case, in every folder', () => {
    const all: WrittenRule = ['allow', 'Edit', null];
    expect(edit('src/inside/key', ['deny', 'Edit', '**/secret/**'], all)).toBe('deny');
    expect(edit('deep/.ENV', ['deny', 'Edit', '**/.env'], all)).toBe('deny');
    expect(edit('/etc/.env', ['deny', 'Edit', '**/.env'], all)).toBe('deny');
    expect(edit('src/../.env', ['deny', 'Edit', '.env'], all)).toBe('deny');
    expect(edit('env', ['deny', 'Edit', '.env'], all)).toBe('allow');
  });
});

describe('addresses', () => {
  const fetches = (url: string, ...written: WrittenRule[]) => verdict('WebFetch', { url, prompt: 'x' }, ...written);
  const docs: WrittenRule = ['allow', 'WebFetch', 'https://docs.example.com*'];

  test.each(['https://docs.example.com/', 'https://docs.example.com/a/b?c', 'https://DOCS.example.com/a'])(
    'a pattern of a host allows %s',
    (url) => {
      expect(fetches(url, docs)).toBe('allow');
    },
  );

  // Catches: another host that begins, ends or looks like the one that is meant.
  test.each([
    'https://docs.example.com.evil.example/',
    'https://docs.example.com@evil.example/',
    'https://evil.example/https://docs.example.com/',
    'https://user:pass@docs.example.com/',
    'http://docs.example.com/',
    'https://docs.example.com:8443/',
    'https://dоcs.example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'not an address',
  ])('and leaves %s to a person', (url) => {
    expect(fetches(url, docs)).toBe('person');
  });

  test('paths are resolved, and hosts may have stars', () => {
    expect(fetches('https://a.example.com/docs/../admin', ['allow', 'WebFetch', 'https://a.example.com/docs/*'])).toBe(
      'person',
    );
    expect(fetches('https://b.example.com/x', ['allow', 'WebFetch', 'https://*.example.com/*'])).toBe('allow');
    expect(fetches('https://evil.example/.example.com/x', ['allow', 'WebFetch', 'https://*.example.com/*'])).toBe(
      'person',
    );
    expect(fetches('http://EVIL.example/x', ['deny', 'WebFetch', 'evil.example*'], ['allow', 'WebFetch', null])).toBe(
      'deny',
    );
  });
});

// Catches: a denied host that is let through by another name of it.
test.each([
  'https://evil.example./x',
  'https://evil.example:8443/x',
  'http://evil.example/x',
  'https://user@evil.example/x',
  'https://evil.example/%78',
])('a denial of https://evil.example/x sees it in %s', (url) => {
  const everything: WrittenRule = ['allow', 'WebFetch', null];
  expect(verdict('WebFetch', { url }, ['deny', 'WebFetch', 'https://evil.example/x'], everything)).toBe('deny');
});

describe('other tools', () => {
  test('are allowed whole, or exactly as they were', () => {
    const input = { repo: 'a', title: 'b' };
    expect(verdict('mcp__github__create', input, ['allow', 'mcp__github__*', null])).toBe('allow');
    expect(verdict('mcp__github__create', input, ['allow', '*', JSON.stringify(input)])).toBe('allow');
    expect(verdict('mcp__github__create', { ...input, force: true }, ['allow', '*', '*"repo":"a"*'])).toBe('person');
    expect(verdict('mcp__github__create', { ...input, force: true }, ['deny', '*', '*"force":true*'])).toBe('deny');
    expect(verdict('mcp__githubx__create', input, ['allow', 'mcp__github__*', null])).toBe('person');
    // A field of a shell's name does not make a tool of somebody else a shell.
    expect(verdict('mcp__x__run', { command: 'npm test', more: 'rm' }, ['allow', '*', 'npm test*'])).toBe('person');
  });
});
