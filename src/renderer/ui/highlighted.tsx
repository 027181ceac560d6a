import type { TextRange } from '../../shared/search-views.ts';
import { visibleText } from '../lib/readable.ts';
import { segments } from '../lib/highlight.ts';

/** A text with its ranges marked. */
export function Highlighted({ text, ranges }: { text: string; ranges: readonly TextRange[] }) {
  return segments(text, ranges).map(({ text: part, marked, start }) =>
    marked ? <mark key={start}>{visibleText(part)}</mark> : <span key={start}>{visibleText(part)}</span>,
  );
}
