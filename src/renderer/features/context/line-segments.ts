import type { ContextLine } from '../../../shared/context-views.ts';

export interface LineSegment {
  text: string;
  /** Where it begins, in UTF-16 code units; serves as the key of a list. */
  start: number;
  /** Which line it is; null for headings and what stands between the lines. */
  line: number | null;
}

/** Cuts the exact text at its lines, in their order; put together again the pieces are the text, whatever the lines say. */
export function lineSegments(text: string, lines: readonly Pick<ContextLine, 'text'>[]): LineSegment[] {
  const segments: LineSegment[] = [];
  let position = 0;
  const push = (end: number, line: number | null): void => {
    if (end > position) segments.push({ text: text.slice(position, end), start: position, line });
    position = Math.max(position, end);
  };
  lines.forEach((line, index) => {
    const start = line.text === '' ? -1 : text.indexOf(line.text, position);
    if (start < 0) return;
    push(start, null);
    push(start + line.text.length, index);
  });
  push(text.length, null);
  return segments;
}

/** A line without its bullet and its id: what a person wants to read of it. */
export function lineSummary(text: string): string {
  return text
    .trim()
    .replace(/^[-*] +/, '')
    .replace(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12} +/, '');
}
