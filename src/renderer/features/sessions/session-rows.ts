import type { SessionView } from '../../../shared/views.ts';

export type SessionRow = { kind: 'day'; label: string } | { kind: 'session'; session: SessionView; index: number };

/** The list with a heading wherever the day changes; `index` counts the sessions alone. */
export function sessionRows(sessions: readonly SessionView[], dayOf: (iso: string) => string): SessionRow[] {
  const rows: SessionRow[] = [];
  let last = '';
  const labels = new Map<string, string>();
  sessions.forEach((session, index) => {
    // Asking Intl once an hour of the list, not once a session: ten thousand calls would be felt.
    const hour = session.last_event_at.slice(0, 13);
    const label = labels.get(hour) ?? dayOf(session.last_event_at);
    labels.set(hour, label);
    if (label !== last) rows.push({ kind: 'day', label });
    last = label;
    rows.push({ kind: 'session', session, index });
  });
  return rows;
}
