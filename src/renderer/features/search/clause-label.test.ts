import { expect, test } from 'vitest';
import type { QueryClause } from '../../../shared/search-views.ts';
import { createFormat } from '../../lib/format.ts';
import { timeLabel } from './clause-label.ts';

const now = new Date(2026, 10, 21, 15).getTime();
const iso = (day: number, hour = 0): string => new Date(2026, 10, day, hour).toISOString();

function clause(times: { since?: string; until?: string }): QueryClause {
  return { kind: 'time', range: [0, 1], text: 'x', value: 'x', problem: null, ...times };
}

// Catches: a chip that names the day after the last, midnight as 00:00 of another day, a raw ISO time.
test.each([
  [{ since: iso(20), until: iso(21) }, 'Yesterday', '昨天'],
  [{ since: iso(20, 12), until: iso(20, 18) }, 'Yesterday 12:00–18:00', '昨天 12:00–18:00'],
  [{ since: iso(20, 18), until: iso(21) }, 'Yesterday 18:00–24:00', '昨天 18:00–24:00'],
  [{ since: iso(9), until: iso(16) }, 'Mon, Nov 9 – Sun, Nov 15', '11月9日周一 – 11月15日周日'],
  [{ since: iso(21) }, '≥ Today', '≥ 今天'],
  [{ until: iso(3) }, '< Tue, Nov 3', '< 11月3日周二'],
])('%j is read as %s', (times, english, chinese) => {
  expect(timeLabel(clause(times), createFormat('en'), now)).toBe(english);
  expect(timeLabel(clause(times), createFormat('zh-CN'), now)).toBe(chinese);
});

test('a clause without times has no such label', () => {
  expect(timeLabel(clause({}), createFormat('en'), now)).toBeNull();
});
