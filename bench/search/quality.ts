import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNearRows } from '../../src/main/memory/graph/near-rows.ts';
import { queryKind, queryKinds } from '../../src/main/search/query-kind.ts';
import { createSearcher } from '../../src/main/search/searcher.ts';
import type { SearcherRequest } from '../../src/main/search/searcher.ts';
import { openReadable } from '../../src/main/store/database.ts';
import { buildGraph } from '../graph/build-graph.ts';
import { pairedDifference } from './bootstrap.ts';
import type { Difference } from './bootstrap.ts';
import type { CorpusRow } from './corpus.ts';
import { embedMemory } from './embed-memory.ts';
import { createMemoryFile } from './memory-file.ts';

interface Document {
  id: string | number;
  text: string;
  at?: string;
  files?: string[];
}

interface Query {
  id: string | number;
  query: string;
  relevant: (string | number)[];
}

const measures = ['recall_5', 'recall_10', 'mrr_10', 'ndcg_10'] as const;
type Measure = (typeof measures)[number];
type Scores = Record<Measure, number>;

const ways = {
  lexical: { mode: 'lexical', fusion: 'mass' },
  vector: { mode: 'vector', fusion: 'mass' },
  mixed: { mode: 'mixed', fusion: 'mass' },
  'mixed by ranks': { mode: 'mixed', fusion: 'rrf' },
} as const satisfies Record<string, Pick<SearcherRequest, 'mode' | 'fusion'>>;
export type Way = keyof typeof ways;
const wayNames: readonly Way[] = ['lexical', 'vector', 'mixed', 'mixed by ranks'];

export interface QualityResult extends Scores {
  set: string;
  /** How documents were put into sessions. */
  sessions: 'alone' | 'by day';
  way: Way;
  /** All queries, one of `queryKinds`, or a half of them. */
  queries: string;
  count: number;
  documents: number;
  ms_per_query: number;
  /** To words alone, the same queries paired. */
  difference: Pick<Record<Measure, Difference>, 'recall_5' | 'ndcg_10'>;
}

/** Above this, a class of queries is told apart; of fewer nothing can be said. */
const leastOfClass = 20;

/** Recall, reciprocal rank and gain of a development set: `DIR/SET.docs.jsonl` and `DIR/SET.queries.jsonl`. */
export function measureQuality(folder: string, set: string, sessions: QualityResult['sessions']): QualityResult[] {
  const documents = readLines<Document>(join(folder, `${set}.docs.jsonl`));
  const queries = readLines<Query>(join(folder, `${set}.queries.jsonl`));
  const rows = documents.map((document, index) => toRow(document, sessions === 'alone' ? index : dayOf(document)));
  const memory = createMemoryFile();
  try {
    memory.add(rows);
    buildGraph(memory.db);
    const { query: vector, embedQuery } = embedMemory(memory.db, rows);
    const reader = openReadable(memory.file);
    const searcher = createSearcher(reader.db, embedQuery, createNearRows(reader.db));
    const idOf = new Map(documents.map((document, index) => [`observation-${index + 1}`, document.id]));
    const scoresOf = new Map<Way, Scores[]>();
    const results: QualityResult[] = [];
    for (const way of wayNames) {
      const startedAt = performance.now();
      const scores = queries.map((query) => {
        // One more, as the query's own document is left out.
        const { hits } = searcher.search({ text: query.query, filters: {}, limit: 11, vector, ...ways[way] });
        const ids = hits.map((hit) => idOf.get(hit.observation.id)).filter((id) => id !== query.id);
        return judge(ids, query);
      });
      scoresOf.set(way, scores);
      const msPerQuery = (performance.now() - startedAt) / queries.length;
      for (const [name, places] of groupsOf(queries)) {
        results.push({
          set,
          sessions,
          way,
          queries: name,
          count: places.length,
          documents: documents.length,
          ...means(places, scores),
          ms_per_query: round(msPerQuery),
          difference: compare(places, scores, scoresOf.get('lexical') ?? scores),
        });
      }
    }
    reader.close();
    return results;
  } finally {
    memory.remove();
  }
}

function groupsOf(queries: readonly Query[]): [string, number[]][] {
  const all = queries.map((_query, place) => place);
  const kinds = queryKinds.map((kind): [string, number[]] => [
    kind,
    all.filter((place) => queryKind(queries[place]?.query ?? '') === kind),
  ]);
  return [
    ['all', all],
    ['even', all.filter((place) => place % 2 === 0)],
    ['odd', all.filter((place) => place % 2 === 1)],
    ...kinds.filter(([, places]) => places.length >= leastOfClass),
  ];
}

function judge(ids: readonly (string | number | undefined)[], query: Query): Scores {
  const gains = ids.slice(0, 10).map((id) => (id !== undefined && query.relevant.includes(id) ? 1 : 0));
  const ideal = Array.from({ length: Math.min(10, query.relevant.length) }, () => 1);
  return {
    recall_5: sum(gains.slice(0, 5)) / query.relevant.length,
    recall_10: sum(gains) / query.relevant.length,
    mrr_10: 1 / (gains.indexOf(1) + 1 || Number.POSITIVE_INFINITY),
    ndcg_10: discounted(gains) / discounted(ideal),
  };
}

function valuesOf(measure: Measure, places: readonly number[], scores: readonly Scores[]): number[] {
  return places.map((place) => scores[place]?.[measure] ?? 0);
}

function means(places: readonly number[], scores: readonly Scores[]): Scores {
  const mean = (measure: Measure) => round(sum(valuesOf(measure, places, scores)) / places.length);
  return {
    recall_5: mean('recall_5'),
    recall_10: mean('recall_10'),
    mrr_10: mean('mrr_10'),
    ndcg_10: mean('ndcg_10'),
  };
}

function compare(places: readonly number[], ours: readonly Scores[], theirs: readonly Scores[]) {
  const of = (measure: Measure) =>
    pairedDifference(valuesOf(measure, places, ours), valuesOf(measure, places, theirs), 1);
  return { recall_5: of('recall_5'), ndcg_10: of('ndcg_10') };
}

function readLines<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

function dayOf(document: Document): number {
  return Math.floor(Date.parse(document.at ?? '1970-01-01') / 86_400_000);
}

function toRow(document: Document, session: number): CorpusRow {
  return {
    session,
    project: 0,
    type: 'note',
    tool: null,
    title: '',
    subtitle: null,
    facts: [],
    narrative: document.text,
    concepts: [],
    files_read: [],
    files_changed: document.files ?? [],
    failed: false,
    occurredAt: Date.parse(document.at ?? '1970-01-01'),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function discounted(gains: readonly number[]): number {
  return sum(gains.map((gain, index) => gain / Math.log2(index + 2)));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
