import type { IndexReport } from '../../shared/index-views.ts';
import type { ReadableDb, WritableDb } from '../store/database.ts';
import { createEmbeddingReader, type EmbeddingModel, type EmbeddingWriter } from '../store/tables/embeddings.ts';
import { createContentReader, type IndexedContent } from '../store/tables/observation-contents.ts';
import type { ObservationEraser } from '../store/tables/erase-observations.ts';
import { createTombstoneWriter } from '../store/tables/tombstones.ts';
import { createVectorReader } from '../store/tables/vectors.ts';
import { encodedTerms, type LexicalIndex } from './lexical-index.ts';

export interface IndexCheck {
  report: IndexReport;
  /** Rows whose terms or vectors are wrong, or that are not there and have some all the same. */
  faulty: number[];
}

/** The hash of the text that an observation is embedded from; embed/ has the real one. */
export type ContentHash = (content: IndexedContent) => Uint8Array;

/**
 * Compares the text index and the active model's vectors with all rows, in one snapshot. It walks the whole index, which
 * takes seconds for a large memory, so it wants a thread of its own.
 */
export function checkIndexes(db: ReadableDb, hashOf: ContentHash): IndexCheck {
  const startedAt = performance.now();
  return db.snapshot(() => {
    const faulty = new Set<number>();
    const model = createEmbeddingReader(db).active();
    const terms = readTerms(db);
    const vectors = model === null ? null : readVectors(db, model);
    const lexical = { rows: 0, missing: 0, stale: 0, ghosts: 0 };
    const embedded = { rows: 0, waiting: 0, stale: 0, ghosts: 0 };
    for (const { pk, revision, content } of createContentReader(db).all()) {
      lexical.rows++;
      const verdict = terms.judge(pk, encodedTerms(content));
      if (verdict !== 'sound') {
        lexical[verdict]++;
        faulty.add(pk);
      }
      const judged = vectors?.judge(pk, revision, () => hashOf(content)) ?? 'waiting';
      if (judged === 'waiting') embedded.waiting++;
      else embedded.rows++;
      if (judged === 'stale') {
        embedded.stale++;
        faulty.add(pk);
      }
    }
    for (const pk of terms.ghosts()) {
      lexical.ghosts++;
      faulty.add(pk);
    }
    for (const pk of vectors?.ghosts() ?? []) {
      embedded.ghosts++;
      faulty.add(pk);
    }
    const took_ms = Math.round(performance.now() - startedAt);
    const report: IndexReport = {
      lexical,
      vectors: model === null ? null : { model_id: model.modelId, ...embedded },
      took_ms,
    };
    return { report, faulty: [...faulty].toSorted((one, other) => one - other) };
  });
}

/** Two sums of hashes over the terms of each row: they do not depend on the order, and differ when a term does. */
function readTerms(db: ReadableDb) {
  const greatest = db.prepare<[], number | null>('SELECT max(id) FROM observation_terms_docsize').pluck();
  const instances = db
    .prepare<[], [term: string, pk: number]>('SELECT term, doc FROM observation_term_instances')
    .raw(true);
  const size = (greatest.get() ?? 0) + 1;
  const counts = new Uint16Array(size);
  const [first, second] = [new Int32Array(size), new Int32Array(size)];
  let known = '';
  let hashes: [number, number] = [0, 0];
  for (const [term, pk] of instances.iterate()) {
    if (term !== known) {
      known = term;
      hashes = hashesOf(term);
    }
    counts[pk] = (counts[pk] ?? 0) + 1;
    first[pk] = (first[pk] ?? 0) + hashes[0];
    second[pk] = (second[pk] ?? 0) + hashes[1];
  }
  return {
    judge(pk: number, expected: readonly string[]): 'sound' | 'missing' | 'stale' {
      const indexed = counts[pk] ?? 0;
      counts[pk] = 0;
      if (indexed === 0) return expected.length === 0 ? 'sound' : 'missing';
      const sums = new Int32Array([first[pk] ?? 0, second[pk] ?? 0]);
      for (const term of expected) {
        const [one, other] = hashesOf(term);
        sums[0] = (sums[0] ?? 0) - one;
        sums[1] = (sums[1] ?? 0) - other;
      }
      return indexed === expected.length && sums[0] === 0 && sums[1] === 0 ? 'sound' : 'stale';
    },
    /** Once all rows were judged: those that are indexed all the same. */
    *ghosts(): Generator<number> {
      for (const [pk, count] of counts.entries()) if (count > 0) yield pk;
    },
  };
}

/** FNV-1a from two beginnings. */
function hashesOf(term: string): [number, number] {
  let one = 0x81_1c_9d_c5;
  let other = 0x1b_87_35_93;
  for (let place = 0; place < term.length; place++) {
    const unit = term.charCodeAt(place);
    one = Math.imul(one ^ unit, 0x01_00_01_93);
    other = Math.imul(other ^ unit, 0x85_eb_ca_6b) ^ (other >>> 15);
  }
  return [one, other];
}

function readVectors(db: ReadableDb, model: EmbeddingModel) {
  const embedding = db
    .prepare<[number, number], [revision: number, hash: Uint8Array, hasVector: number]>(
      'SELECT revision, content_hash, has_vector FROM embeddings WHERE observation_pk = ? AND model_pk = ?',
    )
    .raw(true);
  const unaccounted = new Set<number>();
  createVectorReader(db, model).each((pk) => void unaccounted.add(pk));
  return {
    judge(pk: number, revision: number, hash: () => Uint8Array): 'sound' | 'waiting' | 'stale' {
      const row = embedding.get(pk, model.pk);
      if (row === undefined) return 'waiting';
      const [embeddedAt, embeddedHash, hasVector] = row;
      // Also of a row that has changed: one whose text hashes as before would keep the vector that it does not have.
      if (hasVector === 1 && !unaccounted.delete(pk)) return 'stale';
      if (embeddedAt < revision) return 'waiting';
      return Buffer.compare(embeddedHash, hash()) === 0 ? 'sound' : 'stale';
    },
    ghosts: (): Iterable<number> => unaccounted,
  };
}

export interface IndexMender {
  /** Indexes these rows again from what they say; takes away the terms and vectors of those that are not there. */
  mend(pks: readonly number[]): void;
  /** After the last of them: readers read everything again. */
  finish(): void;
}

/** Mends what a check found; to be used inside the writer's transaction. */
export function createIndexMender(
  db: WritableDb,
  index: LexicalIndex,
  embeddings: Pick<EmbeddingWriter, 'remove'>,
  eraser: Pick<ObservationEraser, 'sweep'>,
): IndexMender {
  const contents = createContentReader(db);
  const tombstones = createTombstoneWriter(db);
  const setTermCount = db.prepare<[number, number]>('UPDATE observations SET term_count = ? WHERE pk = ?');
  return {
    mend(pks) {
      for (const pk of pks) {
        const row = contents.one(pk);
        if (row === null) index.remove(pk);
        else setTermCount.run(index.put(pk, row.content), pk);
      }
      // Those that are there are embedded anew: they wait for a vector now.
      embeddings.remove(pks);
    },
    finish() {
      eraser.sweep();
      tombstones.startAnew();
    },
  };
}
