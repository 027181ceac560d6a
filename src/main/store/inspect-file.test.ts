import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWritable } from './database.ts';
import { inspectFile, isLocked, type FileFinding } from './inspect-file.ts';
import { migrate } from './migrate.ts';

const newest = 1_000;
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inspect-'));
  file = join(folder, 'memory.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Closed as a worker closes it, so that all of it is in the one file; then something befalls it. */
function laid(befalls: (sizeBytes: number) => void = () => {}): void {
  const { db, close } = openWritable(file);
  migrate(db, join(folder, 'backups'));
  db.exec(`INSERT INTO projects (id, name, root, created_at, last_event_at)
    WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
    SELECT 'p' || i, 'project ' || i, '/nowhere/' || i, 1, 1 FROM n`);
  close();
  befalls(statSync(file).size);
}

function overwrite(from: number, to: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0x5a, from, to);
  writeFileSync(file, bytes);
}

/** Names, bytes and times of everything. */
const state = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      const stat = statSync(path);
      return [name, stat.mtimeMs, stat.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : ''];
    });

const cases: [name: string, lay: () => void, found: Partial<FileFinding>][] = [
  ['nothing', () => {}, { is: 'absent' }],
  ['an empty file', () => writeFileSync(file, ''), { is: 'empty' }],
  ['a folder in its place', () => mkdirSync(file), { is: 'no_file' }],
  ['a text', () => writeFileSync(file, 'SQLite format 4, or so they say'), { is: 'no_database' }],
  ['a beginning that was overwritten', () => laid((size) => overwrite(0, Math.min(size, 4096))), { is: 'no_database' }],
  ['a middle that was overwritten', () => laid((size) => overwrite(40_960, size - 40_960)), { is: 'damaged' }],
  ['an end that was cut off', () => laid((size) => truncateSync(file, size - 40_960)), { is: 'damaged' }],
  ['a header alone', () => laid(() => truncateSync(file, 100)), { is: 'damaged' }],
  ['what another program made', () => foreign(), { is: 'foreign' }],
  ['what a newer version made', () => newer(), { is: 'newer', version: 1_001, newest }],
  ['a sound one', () => laid(), { is: 'sound', hasLog: false }],
];

function foreign(): void {
  const { db, close } = openWritable(file);
  db.exec('CREATE TABLE notes (text TEXT)');
  close();
}

function newer(): void {
  laid();
  const { db, close } = openWritable(file);
  db.pragma('user_version = 1001');
  close();
}

// Catches: a damaged memory that nobody names, a sound one that is called damaged, and a look that leaves files behind.
test.each(cases)('tells %s and changes nothing', async (_, lay, found) => {
  lay();
  const before = state();
  expect(await inspectFile(file, newest)).toMatchObject(found);
  expect(state()).toEqual(before);
});

// Catches: a worker that was killed, whose memory is whole only with its log, taken for damaged; and a log that is folded in.
test('reads what a killed worker left, with its log', async () => {
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  const { db, close } = openWritable(join(elsewhere, 'memory.db'));
  migrate(db, join(folder, 'backups'));
  db.pragma('wal_checkpoint(FULL)');
  db.pragma('user_version = 1001');
  for (const end of ['', '-wal', '-shm']) cpSync(join(elsewhere, `memory.db${end}`), `${file}${end}`);
  const before = state();
  expect(await inspectFile(file, newest)).toMatchObject({ is: 'newer', version: 1_001 });
  expect(await inspectFile(file, 2_000)).toMatchObject({ is: 'sound', hasLog: true });
  expect(state()).toEqual(before);
  rmSync(`${file}-shm`);
  expect(await inspectFile(file, newest)).toMatchObject({ is: 'unchecked' });
  close();
});

// Catches: a file that is looked at while somebody writes to it. The locks of one process do not show in itself.
test('tells a folder that another process holds, without taking it', async () => {
  const lock = join(folder, 'worker.lock');
  expect(await isLocked(lock)).toBe(false);
  const script = `import { lockFolder } from './folder-lock.ts'; lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1e6)`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    await once(child.stdout, 'data');
    expect(await isLocked(lock)).toBe(true);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const before = state();
  expect(await isLocked(lock)).toBe(false);
  expect(state()).toEqual(before);
});
