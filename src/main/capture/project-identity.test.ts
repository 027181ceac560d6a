import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../store/testing/temporary-store.ts';
import { identifyProject, normaliseRemote } from './project-identity.ts';

let folder: ReturnType<typeof temporaryFolder>;
let root: string;
beforeEach(() => {
  folder = temporaryFolder();
  root = join(realpathSync(folder.dir), 'shop-api');
  mkdirSync(join(root, 'src', 'deep'), { recursive: true });
});
afterEach(() => folder.remove());

function git(...args: string[]): void {
  execFileSync(
    'git',
    ['-c', 'user.name=t', '-c', 'user.email=t@example.invalid', '-c', 'init.defaultBranch=main', ...args],
    { cwd: root, stdio: 'pipe' },
  );
}

test('a subfolder and a worktree belong to their repository; the worktree keeps its branch', () => {
  git('init');
  git('remote', 'add', 'origin', 'git@example.com:shop/api.git');
  git('commit', '--allow-empty', '-m', 'first');
  git('worktree', 'add', '-b', 'fix/lock', '../shop-lock');
  const main = identifyProject(root, null);
  const deep = identifyProject(join(root, 'src', 'deep'), null);
  const worktree = identifyProject(join(root, '..', 'shop-lock'), null);
  expect(main).toMatchObject({ name: 'shop-api', root, remote: 'example.com/shop/api', branch: 'main' });
  expect(main.aliases).toEqual([`git:${join(root, '.git')}`, 'remote:example.com/shop/api']);
  expect(deep.aliases).toEqual(main.aliases);
  expect(worktree).toMatchObject({ aliases: main.aliases, name: 'shop-api', branch: 'fix/lock' });
});

test('a remote that is a relative path joins no two repositories', () => {
  git('init');
  git('remote', 'add', 'origin', '../origin.git');
  expect(identifyProject(root, null).aliases).toEqual([`git:${join(root, '.git')}`]);
});

test('without git the folder in which the session began counts, though cwd has moved', () => {
  const transcript = `/home/dev/.claude/projects/${root.replaceAll(/[^A-Za-z0-9]/g, '-')}/s.jsonl`;
  expect(identifyProject(join(root, 'src', 'deep'), transcript).aliases).toEqual([`path:${root}`]);
  const agent = transcript.replace('s.jsonl', 's/subagents/agent-1.jsonl');
  expect(identifyProject(join(root, 'src'), agent).aliases).toEqual([`path:${root}`]);
});

test('two folders of the same name are two projects', () => {
  expect(identifyProject('/a/shop', null).aliases).not.toEqual(identifyProject('/b/shop', null).aliases);
});

test.each([
  ['git@example.com:shop/api.git', 'example.com/shop/api'],
  ['ssh://git@Example.com:22/shop/api', 'example.com/shop/api'],
  ['https://user:key@example.com/shop/api.git/', 'example.com/shop/api'],
  ['https://example.com/shop/api', 'example.com/shop/api'],
])('the remote %s is %s', (url, expected) => {
  expect(normaliseRemote(url)).toBe(expected);
});
