import type { VirtualItem } from '@tanstack/react-virtual';

/** Where somebody was in the results of a question. */
export interface SearchPlace {
  question: string;
  activeId: string | undefined;
  scrollTop: number;
  /** The heights that the rows had. */
  measurements: VirtualItem[];
}

let last: SearchPlace | null = null;

/** Keeps the place for the way back from an opened hit; the answer itself is still in the cache then. */
export function keepSearchPlace(place: SearchPlace): void {
  last = place;
}

/** The place that was kept, if it belongs to this question. */
export function keptSearchPlace(question: string): SearchPlace | null {
  return last?.question === question ? last : null;
}
