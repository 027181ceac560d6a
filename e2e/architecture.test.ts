import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { brokenArrows } from './architecture/arrows.ts';
import {
  anyTypes,
  assertions,
  blockingCalls,
  longFile,
  longFiles,
  longestFile,
  loopRooms,
} from './architecture/ratchets.ts';
import { parseSourceFile, projectRoot, readSourceFiles, roomOf } from './architecture/source-files.ts';

const files = readSourceFiles('src');
const production = files.filter((file) => !file.isTest);

const count = (entries: readonly (readonly [string, number])[]) => {
  const totals: Record<string, number> = {};
  for (const [key, amount] of entries) {
    if (amount > 0) totals[key] = (totals[key] ?? 0) + amount;
  }
  return totals;
};

/** Differences between what is there and what is allowed, each with the advice that fits. */
function ratchet(actual: Record<string, number>, allowed: Record<string, number>, what: string): string[] {
  return [...new Set([...Object.keys(actual), ...Object.keys(allowed)])].toSorted().flatMap((key) => {
    const [now, limit] = [actual[key] ?? 0, allowed[key] ?? 0];
    if (now > limit) return `${key}: ${now} ${what}, ${limit} allowed. Bring it down; the table only shrinks.`;
    if (now < limit) {
      return `${key}: ${now} ${what}, the table still says ${limit}. Lower it in e2e/architecture/ratchets.ts.`;
    }
    return [];
  });
}

describe('arrows', () => {
  // Catches: a glob or a move that leaves the check with nothing to look at.
  test('the check sees the whole house', () => {
    expect(files.length).toBeGreaterThan(60);
    expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(200);
    expect(new Set(production.map((file) => roomOf(file.path))).size).toBeGreaterThan(10);
  });

  // Catches: a room that grows into another one, electron outside its folder, a package in the wrong process.
  test('every import of src is one that the tables allow', () => {
    expect(brokenArrows(files)).toEqual([]);
  });

  // Catches: the check itself going blind to a way of importing.
  test.each([
    ['src/main/store/x.ts', `import { a } from '../search/terms.ts';`, 'arrow store → search'],
    ['src/main/capture/x.ts', `import { a } from '../search/terms.ts';`, 'arrow capture → search'],
    ['src/main/store/x.ts', `export { a } from '../http/port.ts';`, 'arrow store → http'],
    ['src/main/store/x.ts', `export * from '../http/port.ts';`, 'arrow store → http'],
    ['src/main/store/x.ts', `const a = await import('../http/port.ts');`, 'arrow store → http'],
    ['src/main/store/x.ts', 'const a = await import(`../http/port.ts`);', 'arrow store → http'],
    ['src/main/store/x.ts', 'const a = await import(`../${room}/port.ts`);', 'only the running program knows'],
    ['src/main/store/x.ts', `const a = await import(name);`, 'only the running program knows'],
    ['src/main/store/x.ts', `let a: import('../http/port.ts').Port;`, 'arrow store → http'],
    ['src/main/worker/x.ts', `import { app } from 'electron';`, 'worker may not'],
    ['src/main/worker/x.ts', `import { a } from '../electron/tray.ts';`, 'arrow worker → electron'],
    ['src/main/electron/x.ts', `import { type Worker } from '../worker/worker.ts';`, 'may only `import type`'],
    ['src/renderer/lib/x.ts', `import { appRouter } from '../../main/api/router.ts';`, 'may only `import type`'],
    ['src/renderer/lib/x.ts', `import type { A } from '../../main/store/rows.ts';`, 'arrow renderer → store'],
    ['src/renderer/lib/x.ts', `import { readFile } from 'node:fs/promises';`, 'renderer may not'],
    ['src/shared/x.ts', `import { z } from 'zod';`, 'shared may not'],
    ['src/shared/x.ts', `import type { A } from '../main/api/services.ts';`, 'arrow shared → api'],
    ['src/preload/x.ts', `import { readFileSync } from 'node:fs';`, 'preload may not'],
    ['src/main/http/x.ts', `import leftPad from 'left-pad';`, 'unclassified package left-pad'],
    ['src/main/http/x.ts', `import { vi } from 'vitest';`, 'outside a test'],
    ['src/main/nowhere/x.ts', `import { a } from '../store/database.ts';`, 'unknown room nowhere'],
    ['src/main/store/x.ts', `import { a } from '../../../bench/lib/a.ts';`, 'outside src'],
  ])('%s: %s is refused', (path, text, reason) => {
    expect(brokenArrows([parseSourceFile(path, text)])).toEqual([expect.stringContaining(reason)]);
  });

  // Catches: a table so strict that honest code does not pass.
  test.each([
    ['src/main/electron/x.ts', `import type { Worker } from '../worker/worker.ts'; import { app } from 'electron';`],
    [
      'src/renderer/lib/x.ts',
      `import type { AppRouter } from '../../main/api/router.ts'; import { useState } from 'react';`,
    ],
    ['src/main/worker/x.ts', `import { a } from '../http/port.ts'; import { b } from '../capture/ingest.ts';`],
    ['src/main/store/x.test.ts', `import { a } from '../capture/ingest.ts'; import { test } from 'vitest';`],
    [
      'src/main/cli/x.ts',
      `import { a } from '../capture/claude-hooks.ts'; import { b } from '../capture/claude-hooks/merge.ts';`,
    ],
  ])('%s: %s is allowed', (path, text) => {
    expect(brokenArrows([parseSourceFile(path, text)])).toEqual([]);
  });
});

describe('charter', () => {
  const charter = readFileSync(join(projectRoot, 'docs/architecture.md'), 'utf8');
  const folders = (folder: string) =>
    readdirSync(join(projectRoot, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${folder}/${entry.name}/`);
  const rooms = [...folders('src'), ...folders('src/main'), ...folders('src/renderer')];

  // Catches: a new folder that nobody said the purpose of.
  test('every folder has its line in docs/architecture.md', () => {
    expect(rooms.length).toBeGreaterThan(10);
    expect(rooms.filter((folder) => !charter.includes(`| \`${folder}\` |`))).toEqual([]);
  });

  // Catches: a charter that speaks of folders that went away.
  test('every line of the charter has its folder', () => {
    const named = [...charter.matchAll(/^\| `([\w./-]+\/)` \|/gm)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((folder) => !existsSync(join(projectRoot, folder)))).toEqual([]);
  });
});

describe('ratchets', () => {
  test(`no file of src is longer than ${longestFile} lines`, () => {
    expect(
      files.filter((file) => file.lineCount > longestFile).map((file) => `${file.path}: ${file.lineCount}`),
    ).toEqual([]);
  });

  test(`a file longer than ${longFile} lines has a row, and the row shrinks`, () => {
    const long = files.filter((file) => file.lineCount > longFile).map((file) => [file.path, file.lineCount] as const);
    expect(ratchet(count(long), longFiles, 'lines')).toEqual([]);
  });

  test('no any', () => {
    expect(ratchet(count(files.map((file) => [file.path, file.anyLines.length])), anyTypes, 'any')).toEqual([]);
  });

  // Catches: a blocking call on the loop that has to answer hooks within milliseconds.
  test('blocking calls on the loop are known by name', () => {
    const onLoop = production.filter((file) => loopRooms.includes(roomOf(file.path) ?? ''));
    const actual = count(onLoop.map((file) => [file.path, file.blockingLines.length]));
    expect(ratchet(actual, blockingCalls, 'blocking calls')).toEqual([]);
  });

  test('type assertions per room only become fewer', () => {
    const actual = count(production.map((file) => [roomOf(file.path) ?? '', file.assertionLines.length]));
    expect(ratchet(actual, assertions, 'assertions (`as T`)')).toEqual([]);
  });
});
