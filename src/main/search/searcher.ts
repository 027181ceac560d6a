import type { SearchAnswer, SearchFilters, SearchHit, VoiceScore } from '../../shared/views.ts';
import type { ReadableDb } from '../store/database.ts';
import { highlight } from './highlight.ts';
import { createObservationReader, type FoundObservation } from '../store/tables/observation-reader.ts';
import { createObservationTable } from './observation-table.ts';
import { createPostingsReader } from './postings.ts';
import { leastOfBest, rank } from './rank.ts';
import type { RankedRow, Ranking } from './rank.ts';
import { createTermResolver } from './resolve-terms.ts';
import type { ResolvedTerm } from './resolve-terms.ts';
import { createFilterCompiler } from './row-filter.ts';
import type { RowFilter } from './row-filter.ts';
import { queryTerms } from './terms.ts';
import { createVoices, voiceWeights } from './voices.ts';

export interface SearchRequest {
  text: string;
  filters: SearchFilters;
  limit: number;
  offset: number;
}

export interface Searcher {
  search(request: SearchRequest): SearchAnswer;
}

/** Longer queries are cut. */
const longestQuery = 10_000;

interface Found {
  ranking: Ranking;
  total: number;
  truncated: boolean;
}

/**
 * Lexical search over observations, for one reader thread. The first search reads the table of observations into memory;
 * later ones catch up by what changed.
 */
export function createSearcher(db: ReadableDb): Searcher {
  const table = createObservationTable(db);
  const filters = createFilterCompiler(db, table);
  const resolver = createTermResolver(db);
  const voices = createVoices(table);
  const observations = createObservationReader(db);
  const postings = createPostingsReader(db, (pks) =>
    Array.from(observations.byPks(pks), ([pk, { view }]) => [pk, view] as const),
  );

  function findByTerms(terms: readonly ResolvedTerm[], filter: RowFilter | null, count: number): Found {
    const pass = postings.start(filter, table.lastPk());
    let truncated = false;
    for (const [index, term] of terms.entries()) {
      const found = pass.read(term, terms.length - index, voices.levels());
      voices.add(found.pks, term.documents, term.weight);
      truncated ||= !found.complete;
    }
    const candidates = voices.candidates();
    const ranking = rank(candidates, voices, count, table);
    voices.clear();
    return { ranking, total: candidates.length, truncated };
  }

  /** Without words the newest rows that pass the filters. */
  function findNewest(filter: RowFilter | null, count: number): Found {
    const { session, occurredAt } = table.rows;
    const pks: number[] = [];
    for (let pk = table.lastPk(); pk > 0; pk--) {
      if (session[pk] !== 0 && (filter === null || filter.allowed[pk] === 1)) pks.push(pk);
    }
    const total = pks.length;
    const times = Float64Array.from(pks, (pk) => occurredAt[pk] ?? 0);
    const least = leastOfBest(times, count);
    const rows = pks
      .filter((pk) => (occurredAt[pk] ?? 0) >= least)
      .toSorted((one, other) => (occurredAt[other] ?? 0) - (occurredAt[one] ?? 0) || other - one)
      .slice(0, count)
      .map((pk) => ({ pk, observation: 0, window: 0, session: 0, score: 0 }));
    return { ranking: { rows, best: { observation: 0, window: 0, session: 0 } }, total, truncated: false };
  }

  function attempt(request: SearchRequest, startedAt: number): { answer: SearchAnswer; isStale: boolean } {
    postings.forgetFrom(table.catchUp());
    const wanted = queryTerms(request.text.slice(0, longestQuery));
    const filter = filters.compile(request.filters);
    const count = request.offset + request.limit;
    const isListing = wanted.length === 0 && request.text.trim() === '';
    const terms = wanted.length === 0 ? [] : resolver.resolve(wanted, table.rowCount());
    const found = isListing ? findNewest(filter, count) : findByTerms(terms, filter, count);
    const page = found.ranking.rows.slice(request.offset);
    const hydrated = observations.byPks(page.map((row) => row.pk));
    const surfaces = surfacesOf(terms);
    const hits: SearchHit[] = [];
    for (const row of page) {
      const known = hydrated.get(row.pk);
      if (known !== undefined) hits.push(toHit(row, known, found.ranking.best, surfaces));
    }
    const answer = {
      hits,
      total: found.total,
      truncated: found.truncated,
      terms: [...new Set(wanted.map((term) => term.surface))],
      took_ms: Math.round((performance.now() - startedAt) * 100) / 100,
    };
    return { answer, isStale: hits.length < page.length };
  }

  return {
    search(request) {
      const startedAt = performance.now();
      const first = attempt(request, startedAt);
      if (!first.isStale) return first.answer;
      // A row was deleted since it was read: no revision tells of that, so everything is read again.
      table.reset();
      postings.forgetAll();
      return attempt(request, startedAt).answer;
    },
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

function toHit(
  row: RankedRow,
  known: FoundObservation,
  best: Ranking['best'],
  surfaces: ReadonlyMap<string, string>,
): SearchHit {
  const marks = highlight(known.view, surfaces);
  return {
    observation: known.view,
    session_title: known.sessionTitle,
    score: row.score,
    voices: {
      observation: toVoice(row.observation, best.observation, voiceWeights.observation),
      window: toVoice(row.window, best.window, voiceWeights.window),
      session: toVoice(row.session, best.session, voiceWeights.session),
    },
    matched_terms: marks.matchedTerms,
    highlights: { title: marks.title, snippet: marks.snippet, snippet_ranges: marks.snippetRanges },
  };
}

function toVoice(raw: number, best: number, weight: number): VoiceScore {
  return { raw, normalized: best > 0 ? raw / best : 0, weight };
}
