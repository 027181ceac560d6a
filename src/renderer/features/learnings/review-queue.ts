/** How a card left the inbox. */
export type Decision = 'approved' | 'rejected' | 'merged' | 'superseded' | 'expired' | 'deleted';

/** One sitting: the cards in their order, what was decided about them, and the one that is looked at. */
export interface ReviewQueue {
  ids: readonly string[];
  /** The card that is shown; `ids.length` once everything is decided. */
  at: number;
  decided: ReadonlyMap<string, Decision>;
}

export const emptyQueue: ReviewQueue = { ids: [], at: 0, decided: new Map() };

/** The next card without a decision, from `from` on and then from the start; the end when there is none. */
function nextOpen(ids: readonly string[], decided: ReadonlyMap<string, Decision>, from: number): number {
  const after = ids.findIndex((id, index) => index >= from && !decided.has(id));
  if (after >= 0) return after;
  const before = ids.findIndex((id) => !decided.has(id));
  return before >= 0 ? before : ids.length;
}

export function undecidedCount({ ids, decided }: ReviewQueue): number {
  return ids.reduce((count, id) => (decided.has(id) ? count : count + 1), 0);
}

/**
 * Takes up what is proposed now: new ones join at the end, undecided ones that are no longer proposed leave when the
 * list is complete. A sitting that was finished makes room for the next one.
 */
export function syncQueue(queue: ReviewQueue, proposed: readonly string[], isComplete: boolean): ReviewQueue {
  const known = new Set(queue.ids);
  const wanted = new Set(proposed);
  const joined = proposed.filter((id) => !known.has(id));
  const kept = queue.ids.filter((id) => queue.decided.has(id) || wanted.has(id) || !isComplete);
  if (joined.length === 0 && kept.length === queue.ids.length) return queue;
  if (joined.length > 0 && kept.every((id) => queue.decided.has(id))) {
    return { ids: joined, at: 0, decided: new Map() };
  }
  const ids = [...kept, ...joined];
  const shown = queue.ids[queue.at];
  const at = shown === undefined ? -1 : ids.indexOf(shown);
  // What follows a card that left takes its place.
  return { ...queue, ids, at: at >= 0 ? at : nextOpen(ids, queue.decided, Math.min(queue.at, ids.length)) };
}

/** Marks cards as decided; the next open one comes up when the shown one is among them. */
export function decide(queue: ReviewQueue, decisions: ReadonlyMap<string, Decision>): ReviewQueue {
  const own = queue.ids.filter((id) => decisions.has(id));
  if (own.length === 0) return queue;
  const decided = new Map([...queue.decided, ...[...decisions].filter(([id]) => own.includes(id))]);
  const shown = queue.ids[queue.at];
  const isLeft = shown !== undefined && own.includes(shown);
  return { ...queue, decided, at: isLeft ? nextOpen(queue.ids, decided, queue.at + 1) : queue.at };
}

/** Puts decisions back to what they were, and shows the first of the cards again. */
export function undecide(
  queue: ReviewQueue,
  before: readonly (readonly [id: string, decision: Decision | undefined])[],
): ReviewQueue {
  const decided = new Map(queue.decided);
  const missing: string[] = [];
  for (const [id, decision] of before) {
    if (!queue.ids.includes(id)) missing.push(id);
    if (decision === undefined) decided.delete(id);
    else decided.set(id, decision);
  }
  const place = Math.min(queue.at, queue.ids.length);
  const ids = queue.ids.toSpliced(place, 0, ...missing);
  const first = before[0]?.[0];
  return { ids, decided, at: first === undefined ? queue.at : ids.indexOf(first) };
}

/** One card on or back, decided ones included; the end is only reached by deciding. */
export function step(queue: ReviewQueue, by: 1 | -1): ReviewQueue {
  if (queue.ids.length === 0) return queue;
  return { ...queue, at: Math.max(0, Math.min(queue.ids.length - 1, queue.at + by)) };
}
