const damping = 0.85;
const rounds = 30;

/**
 * How central each text is among the others, 0 to 1: LexRank (Erkan and Radev 2004) with continuous weights, that is PageRank over the
 * cosines of TF-IDF vectors. Texts are given by their terms. Quadratic in their number: hand in some hundreds at most.
 */
export function centrality(texts: readonly (readonly string[])[]): number[] {
  const weights = cosinesOf(vectorsOf(texts));
  const sums = weights.map((row) => row.reduce((sum, weight) => sum + weight, 0));
  let scores = new Float64Array(texts.length).fill(1);
  for (let round = 0; round < rounds; round++) {
    const next = new Float64Array(texts.length).fill(1 - damping);
    for (const [row, weight] of weights.entries()) {
      const sum = sums[row] ?? 0;
      if (sum === 0) continue;
      const flow = (damping * (scores[row] ?? 0)) / sum;
      for (let column = 0; column < weight.length; column++) {
        next[column] = (next[column] ?? 0) + flow * (weight[column] ?? 0);
      }
    }
    scores = next;
  }
  const most = scores.reduce((one, other) => Math.max(one, other), 1e-9);
  return Array.from(scores, (score) => score / most);
}

/** Of each text with each other, zero with itself; by the terms that they share, for most share few. */
function cosinesOf(vectors: readonly ReadonlyMap<string, number>[]): Float64Array[] {
  const rows = vectors.map(() => new Float64Array(vectors.length));
  const holders = new Map<string, { text: number; weight: number }[]>();
  for (const [text, vector] of vectors.entries()) {
    for (const [term, weight] of vector) {
      const earlier = holders.get(term) ?? [];
      for (const other of earlier) add(rows, text, other.text, weight * other.weight);
      earlier.push({ text, weight });
      holders.set(term, earlier);
    }
  }
  return rows;
}

function add(rows: readonly Float64Array[], one: number, other: number, weight: number): void {
  for (const [row, column] of [
    [one, other],
    [other, one],
  ] as const) {
    const values = rows[row];
    if (values !== undefined) values[column] = (values[column] ?? 0) + weight;
  }
}

function vectorsOf(texts: readonly (readonly string[])[]): Map<string, number>[] {
  const frequency = new Map<string, number>();
  for (const terms of texts) for (const term of new Set(terms)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  return texts.map((terms) => {
    const vector = new Map<string, number>();
    for (const term of terms) vector.set(term, (vector.get(term) ?? 0) + 1);
    let squares = 0;
    for (const [term, count] of vector) {
      const weight = count * Math.log(1 + texts.length / (frequency.get(term) ?? 1));
      vector.set(term, weight);
      squares += weight * weight;
    }
    const length = Math.sqrt(squares) || 1;
    for (const [term, weight] of vector) vector.set(term, weight / length);
    return vector;
  });
}
