import type { EventFrame } from '../api/event-feed.ts';

const mostFrames = 4_096;
const mostBytes = 4 * 1024 * 1024;

/** The latest entries of the log in memory, once for everybody: whoever is a little behind needs no thread to catch up. */
export interface EventRing {
  /** Everything after this id is here. */
  readonly after: number;
  /** Forgets everything and goes on after `id`. */
  reset(id: number): void;
  /** Must follow what is here. */
  push(frame: EventFrame): void;
  /** Frames with `from` < id ≤ `to`, oldest first, at most `limit`; `from` is not before `after`. */
  between(from: number, to: number, limit: number): EventFrame[];
}

export function createEventRing(): EventRing {
  let frames: EventFrame[] = [];
  /** Where the oldest frame that counts lies: taking one off the front of an array each time would move all others. */
  let start = 0;
  let bytes = 0;
  let after = 0;

  function dropOldest(): void {
    const oldest = frames[start];
    if (oldest === undefined) return;
    start++;
    bytes -= oldest.json.byteLength;
    after = oldest.event.id;
    if (start < mostFrames) return;
    frames = frames.slice(start);
    start = 0;
  }

  /** The place of the first frame with a higher id. */
  function placeAfter(id: number): number {
    let [low, high] = [start, frames.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((frames[middle]?.event.id ?? 0) > id) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  return {
    get after() {
      return after;
    },
    reset(id) {
      frames = [];
      start = 0;
      bytes = 0;
      after = id;
    },
    push(frame) {
      frames.push(frame);
      bytes += frame.json.byteLength;
      while (frames.length - start > mostFrames || bytes > mostBytes) dropOldest();
    },
    between(from, to, limit) {
      const first = placeAfter(from);
      return frames.slice(first, Math.min(placeAfter(to), first + limit));
    },
  };
}
