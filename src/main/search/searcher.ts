import type { ParsedQuery, SearchAnswer, SearchFilters, SearchFusion, SearchMode } from '../../shared/search-views.ts';
import type { ReadableDb } from '../store/database.ts';
import { arrange } from './arrangement.ts';
import { createBooster } from './boosts.ts';
import { createFacetCounter } from './facets.ts';
import { createGraphBoost, type FindNearRows } from './graph-boost.ts';
import { createHitReader } from './hits.ts';
import { createObservationTable } from './observation-table.ts';
import { createQueryCompiler } from './query/compile-query.ts';
import { createRankings } from './rankings.ts';
import type { Ranking } from './rankings.ts';
import type { ResolvedTerm } from './resolve-terms.ts';
import { createRetrieval } from './retrieval.ts';
import type { Retrieved } from './retrieval.ts';
import type { RowFilter } from './row-filter.ts';
import { createRowMarks } from './row-marks.ts';
import { createSignatures } from './signatures.ts';
import { createSpelling } from './suggest/spelling.ts';
import { createSourceReader } from './similar-source.ts';
import { queryTerms } from './terms.ts';
import type { AskedVector, EmbedQuery } from './vector-search.ts';

export interface SearcherRequest {
  text: string;
  filters: SearchFilters;
  mode: SearchMode;
  fusion: SearchFusion;
  near_project_id?: string | undefined;
  limit: number;
  cursor?: string | undefined;
  /** Not looked at by words alone. */
  vector: AskedVector;
}

export interface SimilarityRequest {
  id: string;
  filters: SearchFilters;
  limit: number;
}

export interface Searcher {
  /** Throws `CursorError`. */
  search(request: SearcherRequest): SearchAnswer;
  /** Null when there is no such observation. */
  similar(request: SimilarityRequest): SearchAnswer | null;
}

/** Longer queries are pasted: nobody asks for their typos. */
const mostMended = 8;

/** What else goes into a ranking. */
interface About {
  /** As it was typed. */
  text: string;
  query: ParsedQuery;
  terms: string[];
  near?: string;
  diverse: boolean;
}

/**
 * Search over observations, for one reader thread. The first search reads the table of observations into memory; later ones
 * catch up by what changed.
 */
export function createSearcher(db: ReadableDb, embedQuery: EmbedQuery, findNear?: FindNearRows): Searcher {
  const table = createObservationTable(db);
  // Asking for the zone costs 0.3 ms, which is more than reading the query.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const queries = createQueryCompiler(db, table, () => ({ now: Date.now(), timeZone }));
  const retrieval = createRetrieval(db, table, embedQuery);
  const marks = createRowMarks(db);
  const signatures = createSignatures(db, table);
  const facets = createFacetCounter(db, table);
  const sources = createSourceReader(db);
  const spelling = createSpelling(db);
  const rankings = createRankings();
  const graph = findNear === undefined ? null : createGraphBoost(findNear);
  const readHits = createHitReader(db);
  const project = db.prepare<[string], number>('SELECT pk FROM projects WHERE id = ?').pluck();

  function catchUp(): void {
    const least = table.catchUp();
    if (!Number.isFinite(least)) return;
    marks.refresh();
    retrieval.forgetFrom(least);
  }

  function rank(found: Retrieved, about: About) {
    const { pks } = found.candidates;
    const { scores } = found.fusion;
    const booster = createBooster(table, marks, about.near === undefined ? null : (project.get(about.near) ?? null));
    for (let place = 0; place < pks.length; place++) {
      scores[place] = (scores[place] ?? 0) + booster.total(pks[place] ?? 0);
    }
    const near = about.text === '' ? null : graph?.apply(about.text, pks, scores);
    const ranking: Ranking = {
      pks,
      scores,
      arrangement: arrange(pks, scores, table, signatures, about.diverse),
      fusion: found.fusion,
      booster,
      near: near ?? new Map(),
      surfaces: surfacesOf(found.terms),
      answer: {
        mode: found.mode,
        vector_problem: found.problem,
        total: pks.length,
        truncated: !found.complete,
        query: about.query,
        terms: about.terms,
        facets: facets.count(pks),
        did_you_mean:
          about.terms.length > mostMended ? null : spelling.suggest(about.text, found.unknown.filter(isWord)),
      },
    };
    return ranking;
  }

  function answerTo(request: SearcherRequest, lastPk: number): Ranking {
    const { parsed, words, filter: compiled } = queries.compile(request);
    const filter = lastPk < table.lastPk() ? upTo(lastPk, compiled) : compiled;
    const terms = queryTerms(words);
    const asksForAll = request.text.trim() === '' || parsed.clauses.length > 0;
    if (terms.length === 0 && asksForAll) return list(parsed, filter);
    const found = retrieval.retrieve({ ...request, words, terms, filter });
    found.complete &&= filter?.complete !== false;
    return rank(found, {
      text: request.text,
      query: parsed,
      terms: [...new Set(terms.map((term) => term.surface))],
      ...(request.near_project_id === undefined ? {} : { near: request.near_project_id }),
      // Who looks into one session wants to see what is there.
      diverse: request.filters.session_id === undefined && !parsed.clauses.some((clause) => clause.kind === 'session'),
    });
  }

  /** Without words all rows that pass the filters, the newest first. */
  function list(query: ParsedQuery, filter: RowFilter | null): Ranking {
    const { session, occurredAt } = table.rows;
    const found = new Int32Array(table.rowCount());
    let count = 0;
    for (let pk = table.lastPk(); pk > 0; pk--) {
      if (session[pk] !== 0 && (filter === null || filter.allowed[pk] === 1)) found[count++] = pk;
    }
    const pks = found.slice(0, count);
    const times = new Float64Array(count);
    for (let place = 0; place < count; place++) times[place] = occurredAt[pks[place] ?? 0] ?? 0;
    return {
      pks,
      scores: new Float64Array(0),
      arrangement: arrange(pks, times, table, signatures, false),
      fusion: null,
      booster: null,
      near: new Map(),
      surfaces: new Map(),
      answer: {
        mode: 'lexical',
        vector_problem: null,
        total: count,
        truncated: filter?.complete === false,
        query,
        terms: [],
        facets: facets.count(pks),
        did_you_mean: null,
      },
    };
  }

  function show(ranking: Ranking, page: { offset: number; limit: number; startedAt: number }): SearchAnswer {
    const groups = ranking.arrangement.slice(page.offset, page.offset + page.limit);
    return {
      ...ranking.answer,
      hits: readHits(ranking, groups),
      known: [],
      next_cursor: null,
      took_ms: Math.round((performance.now() - page.startedAt) * 100) / 100,
    };
  }

  function search(request: SearcherRequest): SearchAnswer {
    const startedAt = performance.now();
    const { text, filters, near_project_id, mode, fusion, limit } = request;
    const question = { text, filters, near_project_id, mode, fusion };
    const place = rankings.find(request.cursor, question);
    catchUp();
    const lastPk = place?.lastPk ?? table.lastPk();
    const ranking = place?.ranking ?? answerTo(request, lastPk);
    const offset = place?.offset ?? 0;
    const answer = show(ranking, { offset, limit, startedAt });
    if (ranking.arrangement.slice(offset + limit, offset + limit + 1).length === 0) return answer;
    return { ...answer, next_cursor: rankings.keep(ranking, question, lastPk)(offset + limit) };
  }

  function similar({ id, filters, limit }: SimilarityRequest): SearchAnswer | null {
    const startedAt = performance.now();
    catchUp();
    const source = sources.read(id);
    if (source === null) return null;
    const { parsed, filter } = queries.compile({ text: '', filters });
    const found = retrieval.like(source, without(source.pk, filter));
    const ranking = rank(found, { text: '', query: parsed, terms: [], diverse: filters.session_id === undefined });
    return show({ ...ranking, surfaces: new Map() }, { offset: 0, limit, startedAt });
  }

  function allowedRows(filter: RowFilter | null): Uint8Array {
    return filter?.allowed.slice() ?? new Uint8Array(table.lastPk() + 1).fill(1);
  }

  function without(pk: number, filter: RowFilter | null): RowFilter {
    const allowed = allowedRows(filter);
    allowed[pk] = 0;
    return { allowed, complete: filter?.complete ?? true };
  }

  /** Of a ranking that is no longer remembered only the rows that were there then. */
  function upTo(lastPk: number, filter: RowFilter | null): RowFilter {
    const allowed = allowedRows(filter);
    allowed.fill(0, lastPk + 1);
    return { allowed, complete: filter?.complete ?? true };
  }

  return {
    search: (request) => db.snapshot(() => search(request)),
    similar: (request) => db.snapshot(() => similar(request)),
  };
}

/** What the person wrote, by the index's terms that count as it. */
function surfacesOf(terms: readonly ResolvedTerm[]): Map<string, string> {
  const surfaces = new Map<string, string>();
  for (const { members, surface, weight } of terms) {
    for (const member of members) if (weight === 1 || !surfaces.has(member)) surfaces.set(member, surface);
  }
  return surfaces;
}

/** Of an identifier the parts are found; nobody looks for another spelling of the whole. */
function isWord(text: string): boolean {
  return /^\p{L}+$/u.test(text);
}
