import type { TextRange } from '../../shared/search-views.ts';

export interface Segment {
  text: string;
  marked: boolean;
  /** Where it begins, in UTF-16 code units; serves as the key of a list. */
  start: number;
}

/** Cuts a text at its ranges. Ranges may come unsorted, overlap or reach outside: the text is always given back whole. */
export function segments(text: string, ranges: readonly TextRange[]): Segment[] {
  const result: Segment[] = [];
  let position = 0;
  const push = (end: number, marked: boolean): void => {
    if (end > position) result.push({ text: text.slice(position, end), marked, start: position });
    position = Math.max(position, end);
  };
  for (const [from, to] of ranges.toSorted((left, right) => left[0] - right[0])) {
    const end = Math.min(to, text.length);
    if (end <= Math.max(from, position)) continue;
    push(Math.max(from, position), false);
    push(end, true);
  }
  push(text.length, false);
  return result;
}
