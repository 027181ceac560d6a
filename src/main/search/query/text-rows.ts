import type { ReadableDb } from '../../store/database.ts';
import { phraseExpression } from './phrase-terms.ts';
import { phraseMatcher } from './text-match.ts';
import { createTextReader } from './row-text.ts';

/** Rows that hold a phrase or a word. */
export interface TextRows {
  /** By pk: 1 for rows that hold it. */
  rows: Uint8Array;
  /** False when the budget ended before all rows were looked at. */
  complete: boolean;
}

/** Looks for texts in rows, for one query, within one budget. */
export interface TextPass {
  /** Those of `among` that hold the phrase; rows that the budget did not suffice for, the oldest, count as not holding it. */
  holding(phrase: string, among: Uint8Array): TextRows;
  /**
   * Those of `among` that hold a plain word, inflected or not, or else the phrase; rows that the budget did not suffice for
   * count as holding it, so that none is shown wrongly.
   */
  excluded(text: string, among: Uint8Array): TextRows;
}

/** Rows whose text one query reads at most (bench/search/query.ts). */
export const mostRowsRead = 2_000;
/** Rows of the index that one phrase walks at most, and how many are asked for at once. */
const mostRowsWalked = 150_000;
const rowsPerWalk = 5_000;
const rowsPerRead = 250;
/** Texts whose rows are remembered, the most recently used. */
const mostKept = 16;
/** When more rows changed than this, what is remembered is forgotten instead of mended. */
const mostChanges = 5_000;

/** By pk whether the row holds the text; only rows that were looked at. */
type Verdicts = Map<number, boolean>;

interface KeptTerm {
  rows: Uint8Array;
  upTo: number;
}

/** Finds texts in rows exactly: the index names the rows that may hold them, and their text is read. */
export function createTextRows(db: ReadableDb, lastPk: () => number): { begin(): TextPass } {
  const inIndex = 'SELECT rowid FROM observation_terms WHERE observation_terms MATCH ?';
  const below = db
    .prepare<[string, number, number], number>(`${inIndex} AND rowid < CAST(? AS INTEGER) ORDER BY rowid DESC LIMIT ?`)
    .pluck();
  const between = db
    .prepare<[string, number, number], number>(
      `${inIndex} AND rowid >= CAST(? AS INTEGER) AND rowid <= CAST(? AS INTEGER)`,
    )
    .pluck();
  const lastRevision = db.prepare<[], number | null>('SELECT max(revision) FROM observations').pluck();
  const changedSince = db
    .prepare<[number, number], number>('SELECT pk FROM observations WHERE revision > ? LIMIT ?')
    .pluck();
  const texts = createTextReader(db);
  const phrases = new Map<string, Verdicts>();
  const terms = new Map<string, KeptTerm>();
  let revision = 0;

  /** Forgets what was learned of rows that have changed since. */
  function catchUp(): void {
    const newest = lastRevision.get() ?? 0;
    if (newest === revision) return;
    const changed = changedSince.all(revision, mostChanges);
    revision = newest;
    if (changed.length === mostChanges) {
      phrases.clear();
      terms.clear();
      return;
    }
    for (const verdicts of phrases.values()) for (const pk of changed) verdicts.delete(pk);
    const known = changed.filter((pk) => [...terms.values()].some(({ upTo }) => pk <= upTo));
    const [least, most] = [Math.min(...known), Math.max(...known)];
    for (const [match, { rows, upTo }] of terms) {
      if (known.length === 0) break;
      for (const pk of known) if (pk <= upTo) rows[pk] = 0;
      const still = new Set(known);
      for (const pk of between.all(match, least, most)) if (pk <= upTo && still.has(pk)) rows[pk] = 1;
    }
  }

  /** All rows with a term; read once, then only the new ones. */
  function termRows(match: string): Uint8Array {
    const known = terms.get(match);
    const last = lastPk();
    const rows = new Uint8Array(last + 1);
    if (known !== undefined) rows.set(known.rows.subarray(0, last + 1));
    const from = (known?.upTo ?? 0) + 1;
    if (from <= last) for (const pk of between.iterate(match, from, last)) rows[pk] = 1;
    keep(terms, match, { rows, upTo: last });
    return rows;
  }

  function verdictsOf(phrase: string): Verdicts {
    const verdicts: Verdicts = phrases.get(phrase) ?? new Map<number, boolean>();
    keep(phrases, phrase, verdicts);
    return verdicts;
  }

  /** Rows that the expression finds, newest first; in pieces, because a statement that is left open costs more a row. */
  function* walk(match: string): Generator<number> {
    let before = lastPk() + 1;
    while (before > 1) {
      const found = below.all(match, before, rowsPerWalk);
      yield* found;
      before = found.length < rowsPerWalk ? 0 : (found.at(-1) ?? 0);
    }
  }

  return {
    begin() {
      catchUp();
      let rowsLeft = mostRowsRead;

      /** Reads the rows that are not known yet. */
      function judge(pks: readonly number[], matches: (text: string) => boolean, verdicts: Verdicts): void {
        const unknown = pks.filter((pk) => !verdicts.has(pk));
        rowsLeft -= unknown.length;
        for (const pk of unknown) verdicts.set(pk, false);
        for (const [pk, fields] of texts.read(unknown)) {
          if (fields.some(matches)) verdicts.set(pk, true);
        }
      }

      /** With `unread` 1 the rows count as holding the phrase that may, but were not read. */
      function look(phrase: string, among: Uint8Array, unread: 0 | 1): TextRows {
        const rows = new Uint8Array(lastPk() + 1);
        const expression = phraseExpression(phrase);
        if (expression === null) return { rows, complete: true };
        const matches = phraseMatcher(phrase);
        const verdicts = verdictsOf(phrase);
        let batch: number[] = [];
        let complete = true;
        const flush = () => {
          judge(batch, matches, verdicts);
          for (const pk of batch) if (verdicts.get(pk) === true) rows[pk] = 1;
          batch = [];
        };
        let walked = 0;
        for (const pk of fewOf(among) ?? walk(expression.match)) {
          walked++;
          if (walked > mostRowsWalked) {
            complete = false;
            rows.fill(unread, 0, pk + 1);
            break;
          }
          if (among[pk] !== 1) continue;
          if (rowsLeft > batch.length || verdicts.has(pk)) {
            batch.push(pk);
            if (batch.length >= rowsPerRead) flush();
          } else {
            complete = false;
            rows[pk] = unread;
            if (unread === 0) break;
          }
        }
        flush();
        return { rows, complete };
      }

      return {
        holding: (phrase, among) => look(phrase, among, 0),
        excluded(text, among) {
          const expression = phraseExpression(text);
          if (expression?.isExact === true) return { rows: termRows(expression.match), complete: true };
          return look(text, among, 1);
        },
      };
    },
  };
}

/** The rows, newest first, when they are so few that to read them all is cheaper than to ask the index. */
function fewOf(rows: Uint8Array): number[] | null {
  const pks: number[] = [];
  for (let pk = rows.lastIndexOf(1); pk > 0; pk = pk > 1 ? rows.lastIndexOf(1, pk - 1) : -1) {
    if (pks.length === rowsPerRead) return null;
    pks.push(pk);
  }
  return pks;
}

function keep<V>(kept: Map<string, V>, key: string, value: V): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
}
