import { expect, test } from 'vitest';
import type { ObservationView } from '../../../shared/views.ts';
import { pagesToRefresh } from './timeline-queries.ts';
import { timelineRows } from './timeline-rows.ts';

function observation(part: Partial<ObservationView>): ObservationView {
  return {
    id: 'id',
    session_id: 's',
    project: { id: 'p', name: 'p' },
    type: 'command',
    tool: null,
    agent_id: null,
    agent_type: null,
    prompt_id: null,
    title: '',
    subtitle: null,
    facts: [],
    narrative: null,
    concepts: [],
    files_read: [],
    files_changed: [],
    importance: 0.5,
    failed: false,
    duration_ms: null,
    occurred_at: '2026-11-21T00:00:00.000Z',
    mark: null,
    ...part,
  };
}

// Catches: steps counted in the wrong turn, a subagent's last words taken for the answer.
test('turns count their own steps and failures', () => {
  const rows = timelineRows(
    [
      observation({ tool: 'Read' }),
      observation({ type: 'request' }),
      observation({ tool: 'Bash', failed: true }),
      observation({ tool: 'Edit' }),
      observation({ type: 'conclusion', agent_id: 'agent-1' }),
      observation({ type: 'conclusion' }),
      observation({ type: 'request' }),
      observation({ tool: 'Bash' }),
    ],
    false,
  );
  expect(rows.map((row) => row.kind)).toEqual([
    'step',
    'prompt',
    'step',
    'step',
    'message',
    'message',
    'prompt',
    'step',
  ]);
  expect(
    rows.flatMap((row) => (row.kind === 'prompt' ? [[row.turn, row.steps, row.failures, row.isWhole]] : [])),
  ).toEqual([
    [1, 2, 1, true],
    [2, 1, 0, false],
  ]);
  expect(rows.flatMap((row) => (row.kind === 'message' ? [row.final] : []))).toEqual([false, true]);
});

// Catches: a long session that is read from its beginning for every new step.
test('only pages with a change, and the end, are read again', () => {
  const page = (ids: string[], nextCursor: string | null) => ({
    data: ids.map((id) => observation({ id })),
    pagination: {
      page: 1,
      limit: 2,
      total: 6,
      total_pages: 3,
      has_next: nextCursor !== null,
      has_prev: false,
      next_cursor: nextCursor,
    },
  });
  const pages = [page(['a', 'b'], '1'), page(['c', 'd'], '2'), page(['e'], null)];
  expect(pagesToRefresh(pages, new Set(['new']))).toEqual([2]);
  expect(pagesToRefresh(pages, new Set(['b']))).toEqual([0, 2]);
  expect(pagesToRefresh(pages.slice(0, 2), new Set(['new']))).toEqual([]);
});

// Catches: the same time on every line, or none where the minute changes.
test('a step shows its time when the minute is another one than above', () => {
  const at = (time: string) => `2026-11-21T${time}Z`;
  const rows = timelineRows(
    [
      observation({ type: 'request', occurred_at: at('10:00:01') }),
      observation({ tool: 'Read', occurred_at: at('10:00:59') }),
      observation({ tool: 'Bash', occurred_at: at('10:01:00') }),
      observation({ tool: 'Edit', occurred_at: at('10:01:30') }),
    ],
    true,
  );
  expect(rows.flatMap((row) => (row.kind === 'step' ? [row.showsTime] : []))).toEqual([false, true, false]);
});
