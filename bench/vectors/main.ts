import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtinModelFolder } from '../../src/main/embed/static/model-folder.ts';
import { createSharedModel } from '../../src/main/embed/static/shared-model.ts';
import { openStaticModel, staticDimension } from '../../src/main/embed/static/static-model.ts';
import { createVectorIndex } from '../../src/main/search/vectors/vector-index.ts';
import { openReadable, openWritable } from '../../src/main/store/database.ts';
import { migrate } from '../../src/main/store/migrate.ts';
import { createEmbeddingWriter, type EmbeddedRow } from '../../src/main/store/tables/embeddings.ts';
import { createPendingReader } from '../../src/main/store/tables/pending-embeddings.ts';
import { quantise } from '../../src/main/store/tables/vectors.ts';
import { seededRandom } from '../lib/seeded-random.ts';

/**
 * The vector index alone: writing, loading, searching, and how many of the 100 truly nearest rows it finds.
 * node bench/vectors/main.ts [--rows 100000] [--backend table] [--texts DIR]
 * Vectors are those of the built-in model for the texts of DIR (*.docs.jsonl), repeated with some of another text mixed in
 * until there are enough; without DIR they are random, which is harder than any text.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    backend: { type: 'string', default: 'sqlite-vec' },
    texts: { type: 'string' },
  },
});
const rows = Number(values.rows);
const random = seededRandom(1);
const [seeds, queries] = values.texts === undefined ? [randoms(5_000), randoms(200)] : embedTexts(values.texts);

const folder = mkdtempSync(join(tmpdir(), 'cmem-bench-vectors-'));
try {
  run(join(folder, 'memory.db'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(file: string): void {
  const options = values.backend === 'table' ? { vectorBackend: 'table' as const } : {};
  const { db, close } = openWritable(file, options);
  migrate(db, join(folder, 'backups'));
  fillRows(db);
  const vectors = Array.from({ length: rows }, (_value, row) => vectorOf(row));
  const embeddings = createEmbeddingWriter(db);
  const model = embeddings.ensure('bench', staticDimension, 0);
  embeddings.activate(model.pk);
  const contentHash = new Uint8Array(16);
  let spent = 0;
  for (let first = 0; first < rows; first += 256) {
    const batch = vectors.slice(first, first + 256).map((vector, place): EmbeddedRow => ({
      pk: first + place + 1,
      revision: first + place + 1,
      contentHash,
      vector,
    }));
    spent += timed(() => db.transaction(() => embeddings.put(model.pk, batch))());
  }
  show('put, µs a row', (spent * 1000) / rows);

  const reader = openReadable(file, options);
  const index = createVectorIndex(reader.db);
  show(
    'load, ms',
    timed(() => index.catchUp()),
  );
  show('memory, bytes a row', index.bytes() / rows);
  const pending = createPendingReader(reader.db);
  const waits: number[] = [];
  for (let complete = false; !complete;) waits.push(timed(() => ({ complete } = pending.next(model.pk, 256))));
  show('pending: calls until all rows were looked at', waits.length);
  show('pending: slowest call, ms', Math.max(...waits));
  show(
    'pending: when nothing waits, ms',
    timed(() => pending.next(model.pk, 256)),
  );

  const allowed = new Uint8Array(rows + 1);
  for (let pk = 1; pk <= rows; pk += 100) allowed[pk] = 1;
  for (const query of queries.slice(0, 20)) index.nearest(query, null, 100);
  show('catch up when nothing changed, µs', median(queries.map(() => timed(() => index.catchUp()))) * 1000);
  quantiles(
    'nearest 100',
    queries.map((query) => timed(() => index.nearest(query, null, 100))),
  );
  quantiles(
    'nearest 100 of every hundredth row',
    queries.map((query) => timed(() => index.nearest(query, { allowed }, 100))),
  );
  const some = Array.from({ length: 200 }, () => 1 + Math.floor(random() * rows));
  quantiles(
    'cosines of 200 rows',
    queries.map((query) => timed(() => index.cosines(query, some))),
  );

  const stored = vectors.map((vector) => quantise(vector));
  let found = 0;
  let wanted = 0;
  let foundTen = 0;
  for (const query of queries.slice(0, 100)) {
    const cosines = Float32Array.from(stored, (vector) => cosine(query, vector ?? new Int8Array(query.length)));
    const best = [...cosines.keys()]
      .toSorted((one, other) => (cosines[other] ?? 0) - (cosines[one] ?? 0))
      .slice(0, 100);
    const least = cosines[best[99] ?? 0] ?? 0;
    const leastOfTen = cosines[best[9] ?? 0] ?? 0;
    const { pks } = index.nearest(query, null, 100);
    // Any row that is as near as the hundredth counts: equal texts have equal vectors.
    found += pks.filter((pk) => (cosines[pk - 1] ?? 0) >= least - 1e-6).length;
    foundTen += pks.slice(0, 10).filter((pk) => (cosines[pk - 1] ?? 0) >= leastOfTen - 1e-6).length;
    wanted += 100;
  }
  show('recall@100', found / wanted);
  show('recall@10', (foundTen * 10) / wanted);
  reader.close();
  close();
}

function fillRows(db: ReturnType<typeof openWritable>['db']): void {
  db.exec(`
    INSERT INTO projects (pk, id, name, root, created_at, last_event_at) VALUES (1, 'p', 'p', '/', 0, 0);
    INSERT INTO sessions (pk, id, project_pk, agent, cwd, status, started_at, last_event_at)
      VALUES (1, 's', 1, 'claude-code', '/', 'active', 0, 0);
    CREATE TEMP TABLE numbers AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) SELECT i FROM n;
    INSERT INTO events (pk, event_key, source, source_rank, name, session_pk, occurred_at, received_at, original_bytes, payload)
      SELECT i, CAST(printf('%016d', i) AS BLOB), 'hook', 3, 'PostToolUse', 1, i, i, 2, '{}' FROM numbers;
    INSERT INTO observations (pk, id, session_pk, project_pk, event_pk, type, title, importance, failed, occurred_at, term_count, revision)
      SELECT i, 'o' || i, 1, 1, i, 'change', 'row', 0.5, 0, i, 1, i FROM numbers;`);
}

/** The texts' own vectors first; then each with up to a third of another one in it. */
function vectorOf(row: number): Float32Array {
  const own = seeds[row % seeds.length] ?? new Float32Array(staticDimension);
  if (row < seeds.length) return own;
  const other = seeds[Math.floor(random() * seeds.length)] ?? own;
  const share = random() / 3;
  return unit(own.map((value, place) => value * (1 - share) + (other[place] ?? 0) * share + (random() - 0.5) * 0.02));
}

function embedTexts(dir: string): [Float32Array[], Float32Array[]] {
  const model = openStaticModel(createSharedModel(builtinModelFolder()));
  const read = (name: string, field: string) =>
    readFileSync(join(dir, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const row: unknown = JSON.parse(line);
        return model.embed(String(Object.entries(row ?? {}).find(([key]) => key === field)?.[1]));
      })
      .filter((vector) => vector.some((value) => value !== 0));
  const docs = [...read('commits.docs.jsonl', 'text'), ...read('cosqa.docs.jsonl', 'text')];
  const asked = [...read('commits.queries.jsonl', 'query'), ...read('cosqa.queries.jsonl', 'query')];
  return [docs, asked.filter((_query, place) => place % 4 === 0)];
}

function randoms(count: number): Float32Array[] {
  return Array.from({ length: count }, () =>
    unit(Float32Array.from({ length: staticDimension }, () => random() + random() + random() - 1.5)),
  );
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

function cosine(query: Float32Array, vector: Int8Array): number {
  let sum = 0;
  let square = 0;
  for (let place = 0; place < query.length; place++) {
    const value = vector[place] ?? 0;
    sum += (query[place] ?? 0) * value;
    square += value * value;
  }
  return square === 0 ? 0 : sum / Math.sqrt(square);
}

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[times.length >> 1] ?? 0;
}

function quantiles(name: string, times: number[]): void {
  show(`${name}, p50 ms`, median(times));
  show(`${name}, p95 ms`, times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? 0);
}

function show(name: string, value: number): void {
  console.log(`${name.padEnd(50)} ${value.toFixed(value < 10 ? 3 : 1)}`);
}
