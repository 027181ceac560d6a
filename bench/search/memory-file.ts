import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLexicalIndex } from '../../src/main/search/lexical-index.ts';
import { openWritable } from '../../src/main/store/database.ts';
import type { WritableDb } from '../../src/main/store/database.ts';
import { migrate } from '../../src/main/store/migrate.ts';
import type { CorpusRow } from './corpus.ts';

export interface MemoryFile {
  file: string;
  db: WritableDb;
  /** Adds rows, in transactions of as many as a busy worker commits at once; answers milliseconds spent in the index. */
  add(rows: Iterable<CorpusRow>): number;
  remove(): void;
}

const rowsPerTransaction = 200;

/** A database made by the production migrations and index: in a folder of its own, or in one that is kept. */
export function createMemoryFile(keptIn?: string): MemoryFile {
  const folder = keptIn ?? mkdtempSync(join(tmpdir(), 'cmem-bench-search-'));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'memory.db');
  const { db, close } = openWritable(file);
  migrate(db, join(folder, 'backups'));
  return {
    file,
    db,
    add: createRowWriter(db),
    remove() {
      close();
      if (keptIn === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes rows with their terms as the worker does, see `MemoryFile.add`. */
export function createRowWriter(db: WritableDb): MemoryFile['add'] {
  const index = createLexicalIndex(db);
  const project = db.prepare(
    `INSERT OR IGNORE INTO projects (pk, id, name, root, created_at, last_event_at) VALUES (?, ?, ?, '/', 0, 0)`,
  );
  const session = db.prepare(
    `INSERT OR IGNORE INTO sessions (pk, id, project_pk, agent, cwd, title, status, started_at, last_event_at)
     VALUES (?, ?, ?, 'claude-code', '/', ?, 'ended', ?, ?)`,
  );
  const event = db.prepare(
    `INSERT INTO events (event_key, source, source_rank, name, session_pk, occurred_at, received_at, original_bytes, payload)
     VALUES (randomblob(16), 'hook', 3, 'PostToolUse', ?, ?, ?, 2, '{}')`,
  );
  const observation = db.prepare(
    `INSERT INTO observations (id, session_pk, project_pk, event_pk, type, tool, title, subtitle, facts, narrative, concepts,
       files_read, files_changed, importance, failed, occurred_at, term_count, revision)
     VALUES (@id, @session, @project, @event, @type, @tool, @title, @subtitle, @facts, @narrative,
       @concepts, @files_read, @files_changed, 0.5, @failed, @at, 0, @event)`,
  );
  const setTermCount = db.prepare('UPDATE observations SET term_count = ? WHERE pk = ?');
  const addFile = db.prepare('INSERT OR IGNORE INTO files (path) VALUES (?)');
  const linkFile = db.prepare(
    'INSERT OR IGNORE INTO observation_files (file_pk, observation_pk) SELECT pk, ? FROM files WHERE path = ?',
  );

  function addOne(row: CorpusRow): number {
    const projectPk = row.project + 1;
    const sessionPk = row.session + 1;
    project.run(projectPk, `project-${projectPk}`, `project ${projectPk}`);
    session.run(sessionPk, `session-${sessionPk}`, projectPk, `session ${sessionPk}`, row.occurredAt, row.occurredAt);
    const eventPk = Number(event.run(sessionPk, row.occurredAt, row.occurredAt).lastInsertRowid);
    const pk = Number(
      observation.run({
        ...row,
        id: `observation-${eventPk}`,
        event: eventPk,
        session: sessionPk,
        project: projectPk,
        at: row.occurredAt,
        failed: row.failed ? 1 : 0,
        facts: JSON.stringify(row.facts),
        concepts: JSON.stringify(row.concepts),
        files_read: JSON.stringify(row.files_read),
        files_changed: JSON.stringify(row.files_changed),
      }).lastInsertRowid,
    );
    for (const path of [...row.files_read, ...row.files_changed]) {
      addFile.run(path);
      linkFile.run(pk, path);
    }
    const startedAt = performance.now();
    const count = index.put(pk, row);
    const spent = performance.now() - startedAt;
    setTermCount.run(count, pk);
    return spent;
  }

  return (rows) => {
    let spent = 0;
    let batch: CorpusRow[] = [];
    const flush = db.transaction(() => {
      for (const row of batch) spent += addOne(row);
    });
    for (const row of rows) {
      batch.push(row);
      if (batch.length < rowsPerTransaction) continue;
      flush();
      batch = [];
    }
    flush();
    return spent;
  };
}
