import type { ReadStatement } from './relation.ts';

/** So many pairs are compared one with another; of more statements only those pairs that are likely alike (6 µs each). */
const mostCompared = 200_000;
/** Of each statement so many of the likeliest; what these crowd out has its turn when they are merged or settled. */
const likeliest = 32;
/** As in the comparison itself: what the meaning counts, and the words the rest. */
const weightOfMeaning = 0.55;

/**
 * Places of statements that are worth comparing, each pair once, the lesser place first. All that `mayMeet` while they are few;
 * else those that look most alike by the signs of their vectors and the words that they share, so that ten times as many
 * statements take ten times as many comparisons, not a hundred.
 */
export function* likelyPairs(
  statements: readonly ReadStatement[],
  mayMeet: (one: number, other: number) => boolean,
  most = mostCompared,
): Generator<[one: number, other: number]> {
  const count = statements.length;
  if ((count * (count - 1)) / 2 <= most) {
    for (let one = 0; one < count; one++) {
      for (let other = one + 1; other < count; other++) if (mayMeet(one, other)) yield [one, other];
    }
    return;
  }
  const best = createBest(count);
  const likenessTo = estimator(statements);
  for (let one = 0; one < count; one++) {
    const likeness = likenessTo(one);
    for (let other = one + 1; other < count; other++) {
      const value = likeness(other);
      if (best.wants(one, other, value) && mayMeet(one, other)) best.put(one, other, value);
    }
  }
  yield* best.pairs();
}

/** Estimates how alike a statement is to those behind it. */
function estimator(statements: readonly ReadStatement[]): (one: number) => (other: number) => number {
  const signs = statements.map(({ vector }) => signsOf(vector));
  const cosine = cosines(16 * Math.max(1, ...signs.map((of) => of?.length ?? 0)));
  const sizes = Int32Array.from(statements, ({ statement }) => statement.words.length);
  const holders = new Map<string, number[]>();
  for (const [place, { statement }] of statements.entries()) {
    for (const word of statement.words) {
      const places = holders.get(word);
      if (places === undefined) holders.set(word, [place]);
      else places.push(place);
    }
  }
  const shared = new Uint16Array(statements.length);
  return (one) => {
    shared.fill(0);
    for (const word of statements[one]?.statement.words ?? []) {
      for (const other of holders.get(word) ?? []) shared[other] = (shared[other] ?? 0) + 1;
    }
    const mine = signs[one] ?? null;
    const size = sizes[one] ?? 0;
    return (other) => {
      const words = (2 * (shared[other] ?? 0)) / Math.max(1, size + (sizes[other] ?? 0));
      const theirs = signs[other] ?? null;
      if (mine === null || theirs === null) return words;
      return weightOfMeaning * (cosine[unequalBits(mine, theirs)] ?? 0) + (1 - weightOfMeaning) * words;
    };
  };
}

/** One bit a dimension. */
function signsOf(vector: Float32Array | null): Uint16Array | null {
  if (vector === null) return null;
  const signs = new Uint16Array(Math.ceil(vector.length / 16));
  for (const [place, value] of vector.entries()) {
    if (value > 0) signs[place >> 4] = (signs[place >> 4] ?? 0) | (1 << (place & 15));
  }
  return signs;
}

const bitsIn = new Uint8Array(1 << 16);
for (let value = 1; value < bitsIn.length; value++) bitsIn[value] = (bitsIn[value >> 1] ?? 0) + (value & 1);

function unequalBits(one: Uint16Array, other: Uint16Array): number {
  let unequal = 0;
  for (let at = 0; at < one.length; at++) unequal += bitsIn[(one[at] ?? 0) ^ (other[at] ?? 0)] ?? 0;
  return unequal;
}

/** By the number of unequal signs, whose share is the angle (Charikar 2002). */
function cosines(dimensions: number): Float64Array {
  return Float64Array.from({ length: dimensions + 1 }, (_, unequal) => Math.cos((Math.PI * unequal) / dimensions));
}

/** Keeps for each place the others that are most like it. */
function createBest(count: number) {
  const others = new Int32Array(count * likeliest).fill(-1);
  const values = new Float32Array(count * likeliest);
  const floor = (place: number) => values[place * likeliest + likeliest - 1] ?? 0;

  function insert(place: number, other: number, value: number): void {
    if (value <= floor(place)) return;
    const start = place * likeliest;
    let at = start + likeliest - 1;
    for (; at > start && (values[at - 1] ?? 0) < value; at--) {
      values[at] = values[at - 1] ?? 0;
      others[at] = others[at - 1] ?? -1;
    }
    values[at] = value;
    others[at] = other;
  }

  return {
    wants: (one: number, other: number, value: number) => value > floor(one) || value > floor(other),
    put(one: number, other: number, value: number) {
      insert(one, other, value);
      insert(other, one, value);
    },
    *pairs(): Generator<[one: number, other: number]> {
      const given = new Set<number>();
      for (const [at, other] of others.entries()) {
        const place = Math.floor(at / likeliest);
        if (other < 0) continue;
        const [least, greatest] = [Math.min(place, other), Math.max(place, other)];
        if (given.has(least * count + greatest)) continue;
        given.add(least * count + greatest);
        yield [least, greatest];
      }
    },
  };
}
