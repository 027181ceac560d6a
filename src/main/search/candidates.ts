import type { ObservationTable } from './observation-table.ts';
import type { LexicalCandidates } from './voices.ts';

/** What may be shown, with the raw score of each voice at the same place. */
export interface Candidates {
  pks: Int32Array;
  /** BM25; 0 where nothing matched. */
  observation: Float32Array;
  window: Float32Array;
  session: Float32Array;
  /** 0 where the row has no vector; empty when nobody asked for it. */
  cosine: Float32Array;
  /** The best cosine among the candidates of the row's session, itself included. */
  sessionCosine: Float32Array;
}

/** Rows and the cosine of each. */
export interface Nearness {
  pks: ArrayLike<number>;
  cosines: ArrayLike<number>;
}

const none = new Float32Array(0);
/** Tells most rows that none is looked for without asking a map: a bit of each pk's last digits. */
const sieveSize = 4_096;

/** Candidates of words alone. */
export function lexicalCandidates(lexical: LexicalCandidates): Candidates {
  return { ...lexical, cosine: none, sessionCosine: none };
}

/** Joins what words found with what is near; `known` are cosines of rows that words found. */
export function joinCandidates(
  lexical: LexicalCandidates,
  near: Nearness,
  known: Nearness,
  table: ObservationTable,
): Candidates {
  const cosineOf = new Map<number, number>();
  const sieve = new Uint8Array(sieveSize);
  for (const { pks, cosines } of [known, near]) {
    for (let index = 0; index < pks.length; index++) {
      const pk = pks[index] ?? 0;
      cosineOf.set(pk, cosines[index] ?? 0);
      sieve[pk % sieveSize] = 1;
    }
  }
  const found = lexical.pks.length;
  const cosine = new Float32Array(found + near.pks.length);
  const isFound = new Set<number>();
  for (let place = 0; place < found; place++) {
    const pk = lexical.pks[place] ?? 0;
    const value = sieve[pk % sieveSize] === 0 ? undefined : cosineOf.get(pk);
    if (value === undefined) continue;
    cosine[place] = value;
    isFound.add(pk);
  }
  const pks = new Int32Array(cosine.length);
  pks.set(lexical.pks);
  let count = found;
  for (let index = 0; index < near.pks.length; index++) {
    const pk = near.pks[index] ?? 0;
    // The vectors may be ahead of the table.
    if (isFound.has(pk) || !table.rows.session[pk]) continue;
    cosine[count] = near.cosines[index] ?? 0;
    pks[count++] = pk;
  }
  const joined = { pks: pks.slice(0, count), cosine: cosine.slice(0, count) };
  return {
    ...joined,
    observation: lengthened(lexical.observation, count),
    window: lengthened(lexical.window, count),
    session: lengthened(lexical.session, count),
    sessionCosine: bestOfSessions(joined.pks, joined.cosine, table),
  };
}

function lengthened(values: Float32Array, length: number): Float32Array {
  const longer = new Float32Array(length);
  longer.set(values);
  return longer;
}

function bestOfSessions(pks: Int32Array, cosine: Float32Array, table: ObservationTable): Float32Array {
  const { session } = table.rows;
  const best = new Float32Array(table.sessions.tail.length);
  for (let place = 0; place < pks.length; place++) {
    const value = cosine[place] ?? 0;
    if (value <= 0) continue;
    const number = session[pks[place] ?? 0] ?? 0;
    best[number] = Math.max(best[number] ?? 0, value);
  }
  const values = new Float32Array(pks.length);
  for (let place = 0; place < pks.length; place++) values[place] = best[session[pks[place] ?? 0] ?? 0] ?? 0;
  return values;
}
