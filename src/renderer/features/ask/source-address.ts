import type { AskSource } from '../../../shared/ask-views.ts';

/** The page where a source can be read in its place; null when it has none. */
export function sourceAddress({ kind, id, session_id: session }: AskSource): string | null {
  const place = session === null ? null : `#/sessions/${encodeURIComponent(session)}`;
  switch (kind) {
    case 'observation':
      return place === null ? null : `${place}?observation=${encodeURIComponent(id)}`;
    case 'summary':
      return place;
    case 'learning':
      return `#/learnings?tab=all&open=${encodeURIComponent(id)}`;
    case 'memory':
      return `#/learnings?tab=memories&open=${encodeURIComponent(id)}`;
  }
}
