/** The greatest value so that at least `count` of the values are not below it; -Infinity when there are no more than that. */
export function leastOfBest(values: Float64Array, count: number): number {
  if (values.length <= count) return Number.NEGATIVE_INFINITY;
  if (count <= 0) return Number.POSITIVE_INFINITY;
  return select(values.slice(), values.length - count);
}

/** The value that would stand at `place` if the values were sorted (Hoare 1961, with the median of three); moves them. */
function select(values: Float64Array, place: number): number {
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const pivot = median(values[from] ?? 0, values[(from + to) >> 1] ?? 0, values[to] ?? 0);
    let low = from;
    let high = to;
    while (low <= high) {
      while ((values[low] ?? 0) < pivot) low++;
      while ((values[high] ?? 0) > pivot) high--;
      if (low > high) break;
      const value = values[low] ?? 0;
      values[low++] = values[high] ?? 0;
      values[high--] = value;
    }
    if (place <= high) to = high;
    else if (place >= low) from = low;
    else break;
  }
  return values[place] ?? 0;
}

function median(one: number, two: number, three: number): number {
  return Math.max(Math.min(one, two), Math.min(Math.max(one, two), three));
}

/** Places of the best values, best first; those that are equal are ordered by `breakTie`. */
export function placesOfBest(
  values: Float64Array,
  count: number,
  breakTie: (one: number, other: number) => number,
): number[] {
  const least = leastOfBest(values, count);
  const places: number[] = [];
  for (let place = 0; place < values.length; place++) if ((values[place] ?? 0) >= least) places.push(place);
  return places
    .toSorted((one, other) => (values[other] ?? 0) - (values[one] ?? 0) || breakTie(one, other))
    .slice(0, count);
}
