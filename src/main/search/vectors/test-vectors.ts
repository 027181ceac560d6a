import type { OpenOptions } from '../../store/database.ts';
import { createEmbeddingWriter, type EmbeddedRow } from '../../store/tables/embeddings.ts';
import { createObservationEraser } from '../../store/tables/erase-observations.ts';
import { temporaryStore } from '../../store/testing/temporary-store.ts';
import { createLexicalIndex } from '../lexical-index.ts';
import { createVectorIndex } from './vector-index.ts';

/** Numbers from 0 to 1 that are the same for a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function randomVector(random: () => number, dimension: number): Float32Array {
  return unit(Float32Array.from({ length: dimension }, () => random() + random() + random() - 1.5));
}

export function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

/** `share` of the one and the rest of the other. */
export function between(one: Float32Array, other: Float32Array, share: number): Float32Array {
  return unit(one.map((value, place) => value * share + (other[place] ?? 0) * (1 - share)));
}

/** A real file with observations, their terms and vectors. */
export function createTestVectors(options: OpenOptions & { dimension?: number } = {}) {
  const { dimension = 64, ...opening } = options;
  const store = temporaryStore(opening);
  const db = store.writable;
  const lexical = createLexicalIndex(db);
  const embeddings = createEmbeddingWriter(db);
  const eraser = createObservationEraser(db, lexical, embeddings);
  const index = createVectorIndex(store.readable);
  const model = embeddings.ensure('test', dimension, 0);
  embeddings.activate(model.pk);
  const addProject = db.prepare(
    `INSERT OR IGNORE INTO projects (pk, id, name, root, created_at, last_event_at) SELECT pk, 'p' || pk, 'p', '/', 0, 0 FROM (SELECT ? AS pk)`,
  );
  const addSession = db.prepare(
    `INSERT OR IGNORE INTO sessions (pk, id, project_pk, agent, cwd, status, started_at, last_event_at)
     SELECT pk, 's' || pk, project, 'claude-code', '/', 'active', 0, 0 FROM (SELECT ? AS pk, ? AS project)`,
  );
  const addEvent = db.prepare(
    `INSERT INTO events (event_key, source, source_rank, name, session_pk, occurred_at, received_at, original_bytes, payload)
     VALUES (randomblob(16), 'hook', 3, 'PostToolUse', ?, 0, 0, 2, '{}')`,
  );
  const addObservation = db.prepare(
    `INSERT INTO observations (id, session_pk, project_pk, event_pk, type, title, importance, failed, occurred_at, term_count,
       revision) VALUES (hex(randomblob(16)), ?, ?, ?, 'change', ?, 0.5, 0, ?, ?, ?)`,
  );
  const edit = db.prepare('UPDATE observations SET title = ?, revision = ? WHERE pk = ?');
  let revision = 0;

  const content = (title: string) => ({
    title,
    subtitle: null,
    facts: [],
    narrative: null,
    concepts: [],
    files_read: [],
    files_changed: [],
    tool: null,
  });
  const hashOf = (title: string) => Buffer.from(title);

  return {
    ...store,
    lexical,
    embeddings,
    eraser,
    index,
    model,
    revision: () => revision,
    hashOf,
    content,
    transaction: (work: () => void): void => db.transaction(work)(),
    /** Answers the new row's pk. */
    add(title: string, vector: Float32Array | null, place: { session?: number; project?: number } = {}): number {
      const { session = 1, project = session } = place;
      revision++;
      addProject.run(project);
      addSession.run(session, project);
      const event = addEvent.run(session).lastInsertRowid;
      const pk = Number(addObservation.run(session, project, event, title, revision, 0, revision).lastInsertRowid);
      lexical.put(pk, content(title));
      if (vector !== null) embeddings.put(model.pk, [{ pk, revision, contentHash: hashOf(title), vector }]);
      return pk;
    },
    edit(pk: number, title: string, vector: Float32Array | null): void {
      revision++;
      edit.run(title, revision, pk);
      lexical.put(pk, content(title));
      if (vector !== null) embeddings.put(model.pk, [{ pk, revision, contentHash: hashOf(title), vector }]);
    },
    put: (rows: EmbeddedRow[]) => embeddings.put(model.pk, rows),
    deleteSession(session: number): void {
      db.prepare('DELETE FROM sessions WHERE pk = ?').run(session);
      eraser.sweep();
    },
  };
}
