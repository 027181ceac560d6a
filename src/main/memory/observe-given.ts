import { observationTypes, type ObservationContent } from '../../shared/views.ts';
import { firstLine, plainText } from './excerpts.ts';
import { number, shortPath, type Fields } from './observe-fields.ts';

/** What a program says that it observed; it has no call that a rule could read. Null without a title. */
export function observeGiven(payload: Fields, root: string): ObservationContent | null {
  const title = firstLine(plainText(payload['title']), 500);
  if (title === '') return null;
  const files = (name: string) => texts(payload[name]).map((path) => shortPath(path, root));
  return {
    type: observationTypes.find((known) => known === payload['type']) ?? 'note',
    tool: plainText(payload['tool']) || null,
    title,
    subtitle: plainText(payload['subtitle']) || null,
    facts: texts(payload['facts']),
    narrative: plainText(payload['narrative']) || null,
    concepts: texts(payload['concepts']),
    files_read: files('files_read'),
    files_changed: files('files_changed'),
    importance: Math.min(1, Math.max(0, number(payload['importance']) ?? 0.5)),
    failed: payload['failed'] === true,
    duration_ms: null,
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(plainText).filter((text) => text !== '') : [];
}
