import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseSourceFile } from '../architecture/source-files.ts';
import { closureOf, closureWithout, out, startOf } from './closure.ts';

const kilobyte = 1000;
const entries = ['main/headless.js', 'main/writer-thread.js', 'main/reader-thread.js'];
const worker = closureOf(...entries);
const started = startOf(...entries);

describe('the headless worker', () => {
  // Catches: a room that pulls Electron in by a detour, so that the worker no longer starts without it.
  test('reaches no electron', () => {
    expect(worker.files.length).toBeGreaterThan(2);
    expect([...worker.externals].filter((name) => name === 'electron' || name.startsWith('electron/'))).toEqual([]);
    const mentions = worker.files.filter((file) =>
      /\brequire\(\s*['"]electron['"]\s*\)/.test(readFileSync(file, 'utf8')),
    );
    expect(mentions).toEqual([]);
  });

  // Catches: a dependency that is not installed by a production install, or one that arrived unseen.
  test('needs only Node and the two native packages', () => {
    const packages = [...worker.externals].filter((name) => !name.startsWith('node:')).toSorted();
    expect(['better-sqlite3', 'sqlite-vec']).toEqual(expect.arrayContaining(packages));
    expect(packages).toContain('better-sqlite3');
  });

  // Catches: a library of a hundred files behind an innocent import, paid at every start.
  test('loads at most 2.5 MB when it starts', () => {
    expect(started.files.length).toBeLessThan(worker.files.length);
    expect(started.sizeBytes).toBeGreaterThan(50 * kilobyte);
    expect(started.sizeBytes).toBeLessThan(2500 * kilobyte);
    expect(worker.sizeBytes).toBeLessThan(6500 * kilobyte);
  });

  // Catches: what the first agent, model, socket, login or tool needs, back in what every start loads.
  test.each([
    'mcp-endpoint',
    'anthropic-provider',
    'openai-provider',
    'wrapper',
    'process-registry',
    'openapi-document',
    'tool-schema',
  ])('loads %s later', (name) => {
    const isIt = (file: string) => file.includes(name);
    expect(worker.files.some(isIt)).toBe(true);
    expect(started.files.filter(isIt)).toEqual([]);
  });
});

describe('the command line client', () => {
  test('reaches no electron and no database', () => {
    const { externals } = closureOf('main/cli.js');
    expect([...externals].filter((name) => !name.startsWith('node:'))).toEqual([]);
  });
});

describe('the preload', () => {
  const file = join(out, 'preload/index.cjs');
  const text = readFileSync(file, 'utf8');

  test('is at most 4 kB', () => {
    expect(Buffer.byteLength(text)).toBeGreaterThan(100);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4 * kilobyte);
  });

  // Catches: a preload that a sandboxed window refuses to load.
  test('requires nothing but electron', () => {
    expect([...new Set(parseSourceFile(file, text).imports.map((found) => found.specifier))]).toEqual(['electron']);
  });
});

describe('the window', () => {
  const html = readFileSync(join(out, 'renderer/index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map((match) => match[1] ?? '');

  // Catches: a page that the first screen waits for, and one that is no longer fetched apart.
  test('its entry is at most 320 kB compressed, later pages apart', () => {
    const scripts = named.filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    const entries = scripts.map((name) => join('renderer', name));
    const { files } = closureWithout(/later-pages/, ...entries);
    expect(closureOf(...entries).files.length).toBeGreaterThan(files.length);
    const compressed = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).byteLength, 0);
    expect(compressed).toBeGreaterThan(20 * kilobyte);
    expect(compressed).toBeLessThanOrEqual(320 * kilobyte);
  });

  // Catches: a file that the page names and the build does not make.
  test('every file that the page names is there', () => {
    expect(named.filter((name) => !existsSync(join(out, 'renderer', name)))).toEqual([]);
  });

  // Catches: what the policy would refuse: inline script or style, and code or fonts from elsewhere.
  test('the page has no inline script or style and names no other host', () => {
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  // Catches: source maps or tests that ship.
  test('nothing that is not for people ships', () => {
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' });
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => /\.map$|\.test\./.test(file))).toEqual([]);
  });
});
