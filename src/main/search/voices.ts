import type { ObservationTable } from './observation-table.ts';

/** BM25 (Robertson and Zaragoza 2009); measured in bench/search on both development sets. */
const saturation = 1.2;
/** The most that one term adds to BM25, for each unit of its inverse frequency. */
export const mostOfTerm = saturation + 1;
const lengthWeight = 0.75;
/** What a level of `PostingsReader` stands for as a number of occurrences: once, twice, three or four times, more. */
const occurrences = Float64Array.of(0, 1, 2, 3.4, 7);
const leastFrequency = 0.05;

export interface Voices {
  /** Adds one term's part to every row, window and session that it stands in, and clears `levels` again. */
  add(pks: Int32Array, documents: number, weight: number): void;
  /** Rows that hold a term themselves, and at the same place their scores; the caller's to keep. */
  candidates(): LexicalCandidates;
  /** Makes ready for the next search, also when one was given up halfway. */
  clear(): void;
  /** By pk, all 0; to be lent to `PostingsReader` and handed back through `add`. */
  levels(): Uint8Array;
}

export interface LexicalCandidates {
  pks: Int32Array;
  observation: Float32Array;
  window: Float32Array;
  session: Float32Array;
}

/** How rare a term is (Robertson and Spärck Jones); never negative, so that no common word is evidence against a row. */
export function inverseFrequency(rows: number, documents: number): number {
  const odds = (rows - documents + 0.5) / (documents + 0.5);
  return Math.max(leastFrequency, odds > 0 ? Math.log(odds) : 0);
}

function saturate(count: number, length: number, averageLength: number): number {
  const norm = saturation * (1 - lengthWeight + (lengthWeight * length) / averageLength);
  return (count * mostOfTerm) / (count + norm);
}

/**
 * Sums BM25 for three granularities from the postings of observations alone: a window's or session's count of a term
 * is the sum over its rows, so nothing has to be indexed again when a session grows.
 */
export function createVoices(table: ObservationTable): Voices {
  let own = new Float32Array(0);
  let window = new Float32Array(0);
  let levels = new Uint8Array(0);
  /** Somebody may have written levels that `add` has not seen. */
  let isLent = false;
  /** The number of the term that was last added to a window, so that each is counted once a term. */
  let stamps = new Int32Array(0);
  let session = new Float32Array(0);
  let sessionCounts = new Float32Array(0);
  let stamp = 0;
  /** Rows whose window has a term, and those of them that have one themselves. */
  let touched = new Int32Array(0);
  let touchedCount = 0;
  let found = new Int32Array(0);
  let foundCount = 0;
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

  function makeRoom(more: number): void {
    if (found.length < foundCount + more) found = enlarge(found, foundCount + more);
    if (touched.length < touchedCount + 3 * more) touched = enlarge(touched, touchedCount + 3 * more);
  }

  function countAt(pk: number): number {
    return occurrences[levels[pk] ?? 0] ?? 0;
  }

  function addWindow(pk: number, part: number, averageLength: number): void {
    if (stamps[pk] === stamp) return;
    stamps[pk] = stamp;
    const { previous, next, length } = table.rows;
    const before = previous[pk] ?? 0;
    const after = next[pk] ?? 0;
    // Row 0 is none: it has no level and no length.
    const count = countAt(before) + countAt(pk) + countAt(after);
    const terms = (length[before] ?? 0) + (length[pk] ?? 0) + (length[after] ?? 0);
    if (window[pk] === 0) touched[touchedCount++] = pk;
    window[pk] = (window[pk] ?? 0) + part * saturate(count, terms, averageLength);
  }

  function addSessions(pks: Int32Array, part: number, averageLength: number): void {
    const { rows, sessions } = table;
    const seen: number[] = [];
    for (let place = 0; place < pks.length; place++) {
      const pk = pks[place] ?? 0;
      const number = rows.session[pk] ?? 0;
      if (number === 0) continue;
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
      isLent = true;
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
      stamp++;
      makeRoom(pks.length);
      for (let place = 0; place < pks.length; place++) {
        const pk = pks[place] ?? 0;
        if (sessionOf[pk] === 0) continue;
        if (own[pk] === 0) found[foundCount++] = pk;
        own[pk] = (own[pk] ?? 0) + part * saturate(countAt(pk), length[pk] ?? 0, average);
        const before = previous[pk] ?? 0;
        const after = next[pk] ?? 0;
        if (before !== 0) addWindow(before, part, averageWindow);
        addWindow(pk, part, averageWindow);
        if (after !== 0) addWindow(after, part, averageWindow);
      }
      addSessions(pks, part, averageSession);
      for (let place = 0; place < pks.length; place++) levels[pks[place] ?? 0] = 0;
      isLent = false;
    },
    candidates() {
      const pks = found.slice(0, foundCount);
      const scores = {
        observation: new Float32Array(foundCount),
        window: new Float32Array(foundCount),
        session: new Float32Array(foundCount),
      };
      const sessionOf = table.rows.session;
      for (let place = 0; place < foundCount; place++) {
        const pk = pks[place] ?? 0;
        scores.observation[place] = own[pk] ?? 0;
        scores.window[place] = window[pk] ?? 0;
        scores.session[place] = session[sessionOf[pk] ?? 0] ?? 0;
      }
      return { pks, ...scores };
    },
    clear() {
      for (let place = 0; place < touchedCount; place++) window[touched[place] ?? 0] = 0;
      for (let place = 0; place < foundCount; place++) own[found[place] ?? 0] = 0;
      for (const number of touchedSessions) session[number] = 0;
      if (isLent) levels.fill(0);
      isLent = false;
      touchedCount = foundCount = touchedSessions.length = 0;
    },
  };
}

function enlarge(old: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.ceil(length * 1.5));
  larger.set(old);
  return larger;
}
