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

/** Below one in so many, putting each into its place among the first costs less than sorting all. */
const fewOfMany = 16;

type Order = (one: number, other: number) => number;

/** Places of the best values, best first; those that are equal are ordered by `breakTie`. */
export function placesOfBest(values: Float64Array, count: number, breakTie: Order): number[] {
  const least = leastOfBest(values, count);
  const better: number[] = [];
  // Thousands, where rows hold the same words: only as many of them are ordered as there is room for.
  const equal: number[] = [];
  for (let place = 0; place < values.length; place++) {
    const value = values[place] ?? 0;
    if (value > least) better.push(place);
    else if (value === least) equal.push(place);
  }
  better.sort((one, other) => (values[other] ?? 0) - (values[one] ?? 0) || breakTie(one, other));
  return [...better, ...firstOf(equal, count - better.length, breakTie)];
}

/** The first `count` of the places in this order. */
function firstOf(places: readonly number[], count: number, order: Order): number[] {
  if (count * fewOfMany > places.length) return places.toSorted(order).slice(0, count);
  const first = places.slice(0, Math.max(0, count)).toSorted(order);
  for (let at = first.length; at < places.length; at++) {
    const place = places[at] ?? 0;
    const last = first.at(-1);
    if (last === undefined || order(place, last) >= 0) continue;
    let low = 0;
    let high = first.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(place, first[middle] ?? 0) < 0) high = middle;
      else low = middle + 1;
    }
    first.pop();
    first.splice(low, 0, place);
  }
  return first;
}
