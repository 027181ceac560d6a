import type { SessionView } from '../../../shared/views.ts';

export type SessionRow = { kind: 'day'; label: string } | { kind: 'session'; session: SessionView; index: number };

/** The list with a heading wherever the day changes; `index` counts the sessions alone. */
export function sessionRows(sessions: readonly SessionView[], dayOf: (iso: string) => string): SessionRow[] {
  const rows: SessionRow[] = [];
  let last = '';
  sessions.forEach((session, index) => {
    const label = dayOf(session.last_event_at);
    if (label !== last) rows.push({ kind: 'day', label });
    last = label;
    rows.push({ kind: 'session', session, index });
  });
  return rows;
}
