import type { ContextLine, ContextReason, ContextSection } from '../../../shared/context-views.ts';
import { candidate, recency } from './candidate.ts';
import { day, named, quoted } from './quoted.ts';
import type { ObservationRow } from './rows.ts';

/** A change by its file, everything else quoted: titles and outputs are other people's words. */
function factOf(row: Pick<ObservationRow, 'type' | 'tool' | 'title' | 'subtitle' | 'failed'>): string {
  const what = row.failed === 1 ? 'failed' : row.type === 'change' ? 'changed' : named(row.tool ?? row.type, 40);
  // What a person or the agent said is all there is of it; a command has its output besides.
  const longest = row.tool === null ? 240 : 120;
  const title = row.type === 'change' ? named(row.title, longest) : quoted(row.title, longest);
  const detail = row.subtitle ? ` — ${quoted(row.subtitle, 140)}` : '';
  return `${what}: ${title}${detail}`;
}

/** What an observation says and what came of it, in one line behind its id, by which it can be opened. */
export function observationLine(
  row: ObservationRow,
  parts: { section: ContextSection; reason: ContextReason; value: number },
  outcome = '',
): ContextLine {
  const text = `- ${row.id} ${day(row.occurred_at)} ${factOf(row)}${outcome}`;
  return candidate({ ...parts, text, observation: row.id, session: row.session_id });
}

/** So many lines may differ by a number alone, or tell of the same command under another title. */
const mostAlike = 2;

/** The index: what was changed and run of late, the weightiest first; what repeats is told by its newest. */
export function indexLines(rows: readonly ObservationRow[], newest: number, most: number): ContextLine[] {
  const told = new Set<string>();
  const alike = new Map<string, number>();
  return rows
    .filter((row) => {
      const what = `${row.type} ${row.title}`;
      return told.has(what) ? false : told.add(what);
    })
    .map((row) => ({ row, value: row.importance * (0.4 + 0.4 * recency(row.occurred_at, newest)) }))
    .toSorted((one, other) => other.value - one.value || other.row.pk - one.row.pk)
    .filter(({ row }) => {
      const kinds = kindsOf(row);
      if (kinds.some((kind) => (alike.get(kind) ?? 0) >= mostAlike)) return false;
      for (const kind of kinds) alike.set(kind, (alike.get(kind) ?? 0) + 1);
      return true;
    })
    .slice(0, most)
    .map(({ row, value }) => observationLine(row, { section: 'observations', reason: 'important', value }));
}

/** By title, and a command that passed also by what was run, numbers aside. */
function kindsOf(row: ObservationRow): string[] {
  const texts = row.type === 'command' && row.failed === 0 && row.subtitle ? [row.title, row.subtitle] : [row.title];
  return texts.map((text, at) => `${row.type} ${at} ${text.replaceAll(/\d+/g, '#')}`);
}
