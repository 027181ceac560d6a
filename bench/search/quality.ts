import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSearcher } from '../../src/main/search/searcher.ts';
import { openReadable } from '../../src/main/store/database.ts';
import type { CorpusRow } from './corpus.ts';
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

export interface QualityResult {
  set: string;
  /** How documents were put into sessions. */
  sessions: 'alone' | 'by day';
  recall_5: number;
  recall_10: number;
  mrr_10: number;
  ndcg_10: number;
  queries: number;
  documents: number;
  ms_per_query: number;
}

/** Recall, reciprocal rank and gain of a development set: `DIR/SET.docs.jsonl` and `DIR/SET.queries.jsonl`. */
export function measureQuality(folder: string, set: string, sessions: QualityResult['sessions']): QualityResult {
  const documents = readLines<Document>(join(folder, `${set}.docs.jsonl`));
  const queries = readLines<Query>(join(folder, `${set}.queries.jsonl`));
  const memory = createMemoryFile();
  try {
    memory.add(documents.map((document, index) => toRow(document, sessions === 'alone' ? index : dayOf(document))));
    const reader = openReadable(memory.file);
    const searcher = createSearcher(reader.db);
    const idOf = new Map(documents.map((document, index) => [`observation-${index + 1}`, document.id]));
    const sums = { recall5: 0, recall10: 0, mrr: 0, ndcg: 0, ms: 0 };
    for (const query of queries) {
      const startedAt = performance.now();
      const { hits } = searcher.search({ text: query.query, filters: {}, limit: 11, offset: 0 });
      sums.ms += performance.now() - startedAt;
      const ids = hits.map((hit) => idOf.get(hit.observation.id)).filter((id) => id !== query.id);
      const gains = ids.slice(0, 10).map((id) => (id !== undefined && query.relevant.includes(id) ? 1 : 0));
      sums.recall5 += sum(gains.slice(0, 5)) / query.relevant.length;
      sums.recall10 += sum(gains) / query.relevant.length;
      sums.mrr += 1 / (gains.indexOf(1) + 1 || Number.POSITIVE_INFINITY);
      const ideal = Array.from({ length: Math.min(10, query.relevant.length) }, () => 1);
      sums.ndcg += discounted(gains) / discounted(ideal);
    }
    reader.close();
    const mean = (total: number) => Math.round((total / queries.length) * 1000) / 1000;
    return {
      set,
      sessions,
      recall_5: mean(sums.recall5),
      recall_10: mean(sums.recall10),
      mrr_10: mean(sums.mrr),
      ndcg_10: mean(sums.ndcg),
      queries: queries.length,
      documents: documents.length,
      ms_per_query: mean(sums.ms),
    };
  } finally {
    memory.remove();
  }
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
