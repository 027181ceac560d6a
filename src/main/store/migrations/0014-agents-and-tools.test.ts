import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWritable, type OpenDatabase, type WritableDb } from '../database.ts';
import { migrate } from '../migrate.ts';
import { temporaryFolder } from '../testing/temporary-store.ts';
import { migrations } from './index.ts';

const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;

let folder: ReturnType<typeof temporaryFolder>;
let file: OpenDatabase<WritableDb>;
beforeEach(() => {
  folder = temporaryFolder();
  file = openWritable(join(folder.dir, 'memory.db'));
  migrate(file.db, join(folder.dir, 'backups'), migrations.slice(0, 13));
});
afterEach(() => {
  file.close();
  folder.remove();
});

const addSession = (id: string, agent: string, startedAt: number) =>
  file.db
    .prepare(
      `INSERT INTO sessions (id, project_pk, agent, cwd, status, started_at, last_event_at) VALUES (?, 1, ?, '/p', 'ended', ?, ?)`,
    )
    .run(id, agent, startedAt, startedAt + 5);

const programs = () =>
  file.db.prepare('SELECT id, name, created_at, disabled_at, dropped_count FROM agent_programs ORDER BY name').all();

// Catches: programs of before that no list shows because nobody registered them.
test('programs of earlier sessions are known from the first of them on, each once, and newer ones from their first session', () => {
  file.db.exec("INSERT INTO projects VALUES (1, 'p', 'shop', '/p', NULL, 0, 9)");
  addSession('s1', 'claude-code', 1_700_000_000_000);
  addSession('s2', 'claude-code', 1_600_000_000_000);
  addSession('s3', 'codex', 1_650_000_000_000);
  migrate(file.db, join(folder.dir, 'backups'));
  const known = { id: expect.stringMatching(uuid7) as unknown, disabled_at: null, dropped_count: 0 };
  const before = [
    { ...known, name: 'claude-code', created_at: 1_600_000_000_000 },
    { ...known, name: 'codex', created_at: 1_650_000_000_000 },
  ];
  expect(programs()).toEqual(before);
  const [first] = file.db.prepare<[], string>("SELECT id FROM agent_programs WHERE name = 'claude-code'").pluck().all();
  // The time part of the id is that of the first session.
  expect(Number.parseInt((first ?? '').replaceAll('-', '').slice(0, 12), 16)).toBe(1_600_000_000_000);
  addSession('s4', 'codex', 1);
  addSession('s5', 'gemini', 1);
  expect(programs()).toEqual([...before, { ...known, name: 'gemini', created_at: expect.any(Number) as unknown }]);
});

test('a file without sessions has no programs, and nothing is counted yet', () => {
  migrate(file.db, join(folder.dir, 'backups'));
  for (const table of ['agent_programs', 'tools', 'tool_usage', 'disabled_tools', 'stats_snapshots']) {
    expect(file.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
  }
});
