type Order = (one: number, other: number) => number;

/**
 * Hands out the places of values, the best first, as far as somebody asks; those that are equal are ordered by `breakTie`. A heap
 * (Williams 1964): to order all candidates would cost more than to score them, and nobody knows before how many it takes to
 * fill a page. The values are not to be changed meanwhile.
 */
export function bestFirst(values: Float64Array, breakTie: Order): (count: number) => number[] {
  const heap = new Int32Array(values.length);
  for (let place = 0; place < heap.length; place++) heap[place] = place;
  let size = heap.length;

  function isBefore(one: number, other: number): boolean {
    const value = values[one] ?? 0;
    const otherValue = values[other] ?? 0;
    return value > otherValue || (value === otherValue && breakTie(one, other) < 0);
  }

  /** Moves a place from the gap at `at` down to where nothing below it goes before it. */
  function sink(place: number, at: number): void {
    let gap = at;
    for (;;) {
      let child = 2 * gap + 1;
      if (child >= size) break;
      if (child + 1 < size && isBefore(heap[child + 1] ?? 0, heap[child] ?? 0)) child++;
      const below = heap[child] ?? 0;
      if (!isBefore(below, place)) break;
      heap[gap] = below;
      gap = child;
    }
    heap[gap] = place;
  }

  for (let at = (size >> 1) - 1; at >= 0; at--) sink(heap[at] ?? 0, at);

  return (count) => {
    const best: number[] = [];
    while (best.length < count && size > 0) {
      best.push(heap[0] ?? 0);
      sink(heap[--size] ?? 0, 0);
    }
    return best;
  };
}

/** The first `count` of `bestFirst`, in one pass that is cheaper as long as they are few. */
export function fewBest(values: Float64Array, count: number, breakTie: Order): number[] {
  const best: number[] = [];
  for (let place = 0; place < values.length; place++) {
    const value = values[place] ?? 0;
    let at = best.length;
    // A place goes in before those that it is better than; nearly all stop at the last.
    while (at > 0) {
      const before = best[at - 1] ?? 0;
      const its = values[before] ?? 0;
      if (value < its || (value === its && breakTie(place, before) >= 0)) break;
      at--;
    }
    if (at >= count) continue;
    best.splice(at, 0, place);
    if (best.length > count) best.pop();
  }
  return best;
}
