import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOwnRuns } from './own-runs.ts';

let root: string;
let isOwn: ReturnType<typeof createOwnRuns>;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'own-runs-'));
  mkdirSync(join(root, 'real', 'data'), { recursive: true });
  symlinkSync(join(root, 'real'), join(root, 'link'));
  isOwn = createOwnRuns(join(root, 'link', 'data', 'claude-runs'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a run of ours', () => {
  // Catches: a memory that sums up its own summing up, for ever.
  test.each([
    ['in its folder', 'link/data/claude-runs'],
    ['in its folder, as the system names it', 'real/data/claude-runs'],
    ['below it', 'link/data/claude-runs/deeper'],
  ])('is known %s', (_, folder) => {
    expect(isOwn({ cwd: join(root, folder), transcriptPath: null })).toBe(true);
  });

  test('is known by the folder of its transcript, wherever it went', () => {
    const name = join(root, 'link', 'data', 'claude-runs').replaceAll(/[^A-Za-z0-9]/g, '-');
    expect(isOwn({ cwd: '/home/dev/shop', transcriptPath: `/home/dev/.claude/projects/${name}/a.jsonl` })).toBe(true);
  });

  // Catches: work of a person that is thrown away because a name looks alike.
  test.each(['link/data', 'link/data/claude-runs-of-mine', 'link/claude-runs', 'elsewhere'])('is not %s', (folder) => {
    expect(
      isOwn({ cwd: join(root, folder), transcriptPath: '/home/dev/.claude/projects/-home-dev-shop/a.jsonl' }),
    ).toBe(false);
  });

  test('is not what has no folder', () => {
    expect(isOwn({ cwd: null, transcriptPath: null })).toBe(false);
  });
});
