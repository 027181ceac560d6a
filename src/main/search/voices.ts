import type { ObservationTable } from './observation-table.ts';

/** BM25 (Robertson and Zaragoza 2009); measured in bench/search on both development sets. */
const saturation = 1.2;
const lengthWeight = 0.75;
/** What a level of `PostingsReader` stands for as a number of occurrences: once, twice, three or four times, more. */
const occurrences = [0, 1, 2, 3.4, 7];
const leastFrequency = 0.05;
export const voiceWeights = { observation: 0.4, window: 0.4, session: 0.2 };

/** BM25 of each granularity; higher is better. */
export interface Scores {
  observation: number;
  window: number;
  session: number;
}

export interface Voices {
  /** Adds one term's part to every row, window and session that it stands in, and clears `levels` again. */
  add(pks: readonly number[], documents: number, weight: number): void;
  /** Rows that hold a term themselves. */
  candidates(): number[];
  observationScore(pk: number): number;
  windowScore(pk: number): number;
  sessionScore(pk: number): number;
  /** Makes ready for the next search. */
  clear(): void;
  /** By pk, all 0; to be lent to `PostingsReader` and handed back through `add`. */
  levels(): Uint8Array;
}

/** How rare a term is (Robertson and Spärck Jones); never negative, so that no common word is evidence against a row. */
export function inverseFrequency(rows: number, documents: number): number {
  const odds = (rows - documents + 0.5) / (documents + 0.5);
  return Math.max(leastFrequency, odds > 0 ? Math.log(odds) : 0);
}

function saturate(count: number, length: number, averageLength: number): number {
  const norm = saturation * (1 - lengthWeight + (lengthWeight * length) / averageLength);
  return (count * (saturation + 1)) / (count + norm);
}

/**
 * Sums BM25 for three granularities from the postings of observations alone: a window's or session's count of a term
 * is the sum over its rows, so nothing has to be indexed again when a session grows.
 */
export function createVoices(table: ObservationTable): Voices {
  let own = new Float32Array(0);
  let window = new Float32Array(0);
  let levels = new Uint8Array(0);
  /** The number of the term that was last added to a window, so that each is counted once a term. */
  let stamps = new Int32Array(0);
  let session = new Float32Array(0);
  let sessionCounts = new Float32Array(0);
  let stamp = 0;
  const touchedRows: number[] = [];
  const touchedSessions: number[] = [];

  function fit(): void {
    const { rows, sessions } = table;
    if (own.length < rows.session.length) {
      own = new Float32Array(rows.session.length);
      window = new Float32Array(rows.session.length);
      levels = new Uint8Array(rows.session.length);
      stamps = new Int32Array(rows.session.length);
    }
    if (session.length < sessions.tail.length) {
      session = new Float32Array(sessions.tail.length);
      sessionCounts = new Float32Array(sessions.tail.length);
    }
  }

  function countAt(pk: number): number {
    return pk === 0 ? 0 : (occurrences[levels[pk] ?? 0] ?? 0);
  }

  function addWindow(pk: number, part: number, averageLength: number): void {
    if (pk === 0 || stamps[pk] === stamp) return;
    stamps[pk] = stamp;
    const { previous, next, length } = table.rows;
    const before = previous[pk] ?? 0;
    const after = next[pk] ?? 0;
    const count = countAt(before) + countAt(pk) + countAt(after);
    const terms =
      (before === 0 ? 0 : (length[before] ?? 0)) + (length[pk] ?? 0) + (after === 0 ? 0 : (length[after] ?? 0));
    if (own[pk] === 0 && window[pk] === 0) touchedRows.push(pk);
    window[pk] = (window[pk] ?? 0) + part * saturate(count, terms, averageLength);
  }

  function addSessions(pks: readonly number[], part: number, averageLength: number): void {
    const { rows, sessions } = table;
    const seen: number[] = [];
    for (const pk of pks) {
      const number = rows.session[pk] ?? 0;
      if (sessionCounts[number] === 0) seen.push(number);
      sessionCounts[number] = (sessionCounts[number] ?? 0) + countAt(pk);
    }
    for (const number of seen) {
      if (session[number] === 0) touchedSessions.push(number);
      const score = saturate(sessionCounts[number] ?? 0, sessions.length[number] ?? 0, averageLength);
      session[number] = (session[number] ?? 0) + part * score;
      sessionCounts[number] = 0;
    }
  }

  return {
    levels() {
      fit();
      return levels;
    },
    add(pks, documents, weight) {
      const rowCount = Math.max(1, table.rowCount());
      const average = Math.max(1, table.termCount() / rowCount);
      // The first and last row of a session have one neighbour, all others two.
      const averageWindow = average * (3 - (2 * table.sessionCount()) / rowCount);
      const averageSession = (average * rowCount) / Math.max(1, table.sessionCount());
      const part = weight * inverseFrequency(rowCount, documents);
      const { session: sessionOf, previous, next, length } = table.rows;
      const present = pks.filter((pk) => sessionOf[pk] !== 0);
      stamp++;
      for (const pk of present) {
        if (own[pk] === 0 && window[pk] === 0) touchedRows.push(pk);
        own[pk] = (own[pk] ?? 0) + part * saturate(countAt(pk), length[pk] ?? 0, average);
      }
      for (const pk of present) {
        addWindow(previous[pk] ?? 0, part, averageWindow);
        addWindow(pk, part, averageWindow);
        addWindow(next[pk] ?? 0, part, averageWindow);
      }
      addSessions(present, part, averageSession);
      for (const pk of pks) levels[pk] = 0;
    },
    candidates: () => touchedRows.filter((pk) => (own[pk] ?? 0) > 0),
    observationScore: (pk) => own[pk] ?? 0,
    windowScore: (pk) => window[pk] ?? 0,
    sessionScore: (pk) => session[table.rows.session[pk] ?? 0] ?? 0,
    clear() {
      for (const pk of touchedRows) own[pk] = window[pk] = 0;
      for (const number of touchedSessions) session[number] = 0;
      touchedRows.length = touchedSessions.length = 0;
    },
  };
}
