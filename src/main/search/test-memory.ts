import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { observationText } from '../embed/observation-text.ts';
import { createTextEmbedder } from '../embed/query-vector.ts';
import type { QueryVector } from '../embed/query-vector.ts';
import { builtinModelFolder } from '../embed/static/model-folder.ts';
import { createSharedModel } from '../embed/static/shared-model.ts';
import { staticDimension, staticModelId } from '../embed/static/static-model.ts';
import { openReadable, openWritable } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { createEmbeddingWriter } from '../store/tables/embeddings.ts';
import { createObservationReader } from '../store/tables/observation-reader.ts';
import { createLexicalIndex } from './lexical-index.ts';
import type { IndexedObservation } from './lexical-index.ts';
import { createSearcher } from './searcher.ts';
import type { SearcherRequest } from './searcher.ts';

export interface TestRow extends Partial<IndexedObservation> {
  title: string;
  project?: number;
  session?: number;
  type?: string;
  failed?: boolean;
  at?: number;
}

const emptyRow = { title: '', subtitle: null, facts: [], narrative: null, files_read: [], files_changed: [] };
const embedder = createTextEmbedder(createSharedModel(builtinModelFolder()));

/** A real database in a temporary folder, for this room's tests. */
export function createTestMemory() {
  const folder = mkdtempSync(join(tmpdir(), 'cmem-search-'));
  const file = join(folder, 'memory.db');
  const writer = openWritable(file);
  migrate(writer.db, join(folder, 'backups'));
  const { db } = writer;
  const index = createLexicalIndex(db);
  const reader = openReadable(file);
  const searcher = createSearcher(reader.db, embedder.query);
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
  const setTermCount = db.prepare('UPDATE observations SET term_count = ? WHERE pk = ?');
  const addFile = db.prepare('INSERT OR IGNORE INTO files (path) VALUES (?)');
  const linkFile = db.prepare('INSERT INTO observation_files SELECT pk, ? FROM files WHERE path = ?');
  const unembedded = db.prepare<[number], { pk: number; revision: number }>(
    `SELECT pk, revision FROM observations o WHERE NOT EXISTS (
       SELECT 1 FROM embeddings e WHERE e.observation_pk = o.pk AND e.model_pk = ? AND e.revision = o.revision)`,
  );
  const reading = createObservationReader(db);
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
      terms: 0,
    });
    setTermCount.run(index.put(pk, full), pk);
    for (const path of [...full.files_read, ...full.files_changed]) {
      addFile.run(path);
      linkFile.run(pk, path);
    }
  }

  /** Gives every row that has none a vector of the built-in model; answers what searches ask with. */
  function embedAll(): QueryVector {
    const embeddings = createEmbeddingWriter(db);
    const { pk: modelPk, modelId, dimension } = embeddings.ensure(staticModelId, staticDimension, 0);
    const model = embedder.model(dimension);
    db.transaction(() => {
      const made = unembedded.all(modelPk).map(({ pk, revision: read }) => {
        const text = observationText(reading.byPks([pk]).get(pk)?.view ?? emptyRow);
        return { pk, revision: read, contentHash: new Uint8Array(16), vector: model.embed(text) };
      });
      embeddings.put(modelPk, made);
      embeddings.activate(modelPk);
    })();
    return { modelPk, modelId, dimension, vector: null };
  }

  const search = (text: string, request: Partial<SearcherRequest> = {}) =>
    searcher.search({ text, filters: {}, mode: 'lexical', fusion: 'mass', limit: 20, vector: 'off', ...request });

  return {
    file,
    /** A reader's connection. */
    db: reader.db,
    writable: db,
    /** Runs SQL on the writer's connection. */
    run: (sql: string): void => void db.exec(sql),
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
    embedAll,
    similar: searcher.similar,
    search,
    ids: (text: string, request: Partial<SearcherRequest> = {}) =>
      search(text, request).hits.map((hit) => hit.observation.id),
    close(): void {
      reader.close();
      writer.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
