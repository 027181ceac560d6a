import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReadable, openWritable } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { createLexicalIndex } from './lexical-index.ts';
import type { IndexedObservation } from './lexical-index.ts';
import { createSearcher } from './searcher.ts';
import type { SearchRequest } from './searcher.ts';

export interface TestRow extends Partial<IndexedObservation> {
  title: string;
  project?: number;
  session?: number;
  type?: string;
  failed?: boolean;
  at?: number;
}

/** A real database in a temporary folder, for this room's tests. */
export function createTestMemory() {
  const folder = mkdtempSync(join(tmpdir(), 'cmem-search-'));
  const file = join(folder, 'memory.db');
  const writer = openWritable(file);
  migrate(writer.db, join(folder, 'backups'));
  const { db } = writer;
  const index = createLexicalIndex(db);
  const reader = openReadable(file);
  const searcher = createSearcher(reader.db);
  const addProject = db.prepare(
    `INSERT OR IGNORE INTO projects (pk, id, name, root, created_at, last_event_at) VALUES (?, ?, 'p', '/', 0, 0)`,
  );
  const addSession = db.prepare(
    `INSERT OR IGNORE INTO sessions (pk, id, project_pk, agent, cwd, title, status, started_at, last_event_at)
     VALUES (?, ?, ?, 'claude-code', '/', 'A session', 'active', 0, 0)`,
  );
  const addEvent = db.prepare(
    `INSERT OR IGNORE INTO events (pk, event_key, source, source_rank, name, session_pk, occurred_at, received_at,
       original_bytes, payload) VALUES (?, randomblob(16), 'hook', 3, 'PostToolUse', ?, 0, 0, 2, '{}')`,
  );
  const removeObservation = db.prepare('DELETE FROM observations WHERE pk = ?');
  const addObservation = db.prepare(
    `INSERT INTO observations (pk, id, session_pk, project_pk, event_pk, type, tool, title, subtitle, facts, narrative,
       concepts, files_read, files_changed, importance, failed, occurred_at, term_count, revision)
     VALUES (@pk, @id, @session, @project, @pk, @type, @tool, @title, @subtitle, @facts, @narrative, @concepts,
       @files_read, @files_changed, 0.5, @failed, @at, @terms, @revision)`,
  );
  const addFile = db.prepare('INSERT OR IGNORE INTO files (path) VALUES (?)');
  const linkFile = db.prepare('INSERT INTO observation_files SELECT pk, ? FROM files WHERE path = ?');
  let revision = 0;

  function write(pk: number, row: TestRow): void {
    const full = {
      subtitle: null,
      facts: [],
      narrative: null,
      concepts: [],
      files_read: [],
      files_changed: [],
      tool: null,
      ...row,
    };
    const { project = 1, session = 1, type = 'change', failed = false, at = pk * 1000 } = row;
    revision++;
    addProject.run(project, `project-${project}`);
    addSession.run(session, `session-${session}`, project);
    addEvent.run(pk, session);
    removeObservation.run(pk);
    addObservation.run({
      ...full,
      pk,
      id: `o${pk}`,
      session,
      project,
      type,
      at,
      revision,
      failed: failed ? 1 : 0,
      facts: JSON.stringify(full.facts),
      concepts: JSON.stringify(full.concepts),
      files_read: JSON.stringify(full.files_read),
      files_changed: JSON.stringify(full.files_changed),
      terms: index.put(pk, full),
    });
    for (const path of [...full.files_read, ...full.files_changed]) {
      addFile.run(path);
      linkFile.run(pk, path);
    }
  }

  const search = (text: string, request: Partial<SearchRequest> = {}) =>
    searcher.search({ text, filters: {}, limit: 20, offset: 0, ...request });

  return {
    write,
    /** Rows get the pks `first` (1 when not given) and the following. */
    writeAll(rows: readonly TestRow[], first = 1): void {
      db.transaction(() => {
        for (const [place, row] of rows.entries()) write(first + place, row);
      })();
    },
    remove(pk: number): void {
      index.remove(pk);
      removeObservation.run(pk);
    },
    search,
    ids: (text: string, request: Partial<SearchRequest> = {}) =>
      search(text, request).hits.map((hit) => hit.observation.id),
    close(): void {
      reader.close();
      writer.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
