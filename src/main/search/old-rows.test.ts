import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchFilters } from '../../shared/search-views.ts';
import { createOlderRows } from './older-rows.ts';
import { createTestMemory } from './test-memory.ts';
import type { TestRow } from './test-memory.ts';

/** More rows than are kept of one word. */
const newerRows = 30_500;
const olderRows = 900;

/** Every third row is of one project, which makes 300: too many to be taken apart one by one. */
function olderRow(place: number): TestRow {
  // So that no row is taken for another one again.
  return { ...rowAt(place), subtitle: `row ${place}` };
}

function rowAt(place: number): TestRow {
  const title = place === 450 ? 'gradle gradle gradle gradle build build' : 'gradle build';
  if (place === 1) return { title: 'nothing of that', project: 4, session: 4 };
  if (place % 3 === 0) return { title, project: 3, session: 3 };
  if (place === 100 || place === 700) return { title: 'nothing of that', project: 2, session: 2 };
  if (place >= 100 && place < 110) return { title, project: 2, session: 2, files_changed: ['/home/a/old.gradle'] };
  return { title, project: 4, session: 4, type: place % 200 === 1 ? 'note' : 'change', failed: place === 500 };
}

let memory: ReturnType<typeof createTestMemory>;

beforeAll(() => {
  memory = createTestMemory();
  memory.writeAll(Array.from({ length: olderRows }, (_value, index) => olderRow(index + 1)));
  // What is kept of this search has to be joined with more new rows than are kept, its first row being rewritten.
  expect(memory.search('gradle build').total).toBe(olderRows - 3);
  const newer = Array.from({ length: newerRows }, (_value, index) => ({
    title: 'gradle build',
    subtitle: `row ${olderRows + 1 + index}`,
    project: 1,
    session: 10 + (index >> 6),
  }));
  memory.writeAll(newer, olderRows + 1);
  memory.write(2, olderRow(2));
}, 60_000);
afterAll(() => {
  memory.close();
});

function placesWhere(matches: (row: TestRow, place: number) => boolean): string[] {
  return Array.from({ length: olderRows }, (_value, index) => index + 1)
    .filter((place) => olderRow(place).title !== 'nothing of that' && matches(olderRow(place), place))
    .map((place) => `o${place}`);
}

// Each of these found nothing when only the newest 30,000 rows of a word were known and filters applied to those.
describe('filters that only old rows pass, with words that stand in more rows than are kept', () => {
  it.each<[string, SearchFilters, (row: TestRow, place: number) => boolean]>([
    ['a project of few rows', { project_id: 'project-2' }, (row) => row.project === 2],
    ['a project of many rows', { project_id: 'project-3' }, (row) => row.project === 3],
    ['a session of few rows', { session_id: 'session-2' }, (row) => row.session === 2],
    ['a session of many rows', { session_id: 'session-3' }, (row) => row.session === 3],
    ['a short time', { until: '1970-01-01T00:01:00.000Z' }, (_row, place) => place < 60],
    ['a long time', { until: '1970-01-01T00:10:00.000Z' }, (_row, place) => place < 600],
    ['a rare type', { types: ['note'] }, (row) => row.type === 'note'],
    ['a file', { file: 'old.gradle' }, (row) => row.files_changed !== undefined],
    ['failed', { failed: true }, (row) => row.failed === true],
    [
      'several',
      { project_id: 'project-3', until: '1970-01-01T00:00:07.000Z' },
      (_row, place) => place % 3 === 0 && place < 7,
    ],
  ])('%s', (_name, filters, matches) => {
    const expected = placesWhere(matches);
    expect(expected.length).toBeGreaterThan(0);
    for (const text of ['gradle', 'gradle build', 'gradle build unheard']) {
      const { hits, total, truncated } = memory.search(text, { filters, limit: 1000 });
      expect({ total, truncated }).toEqual({ total: expected.length, truncated: false });
      expect(new Set(hits.map((hit) => hit.observation.id))).toEqual(new Set(expected));
    }
  });

  it.each<[string, SearchFilters]>([
    ['walked over', { project_id: 'project-3' }],
    ['taken apart', { since: '1970-01-01T00:07:20.000Z', until: '1970-01-01T00:07:40.000Z' }],
  ])('counts how often a word stands in old rows that are %s', (_name, filters) => {
    expect(memory.ids('gradle', { filters })[0]).toBe('o450');
  });

  it('takes old and new rows together', () => {
    memory.write(olderRows + newerRows + 1, { title: 'gradle build', project: 2, session: 2 });
    const { total, truncated } = memory.search('gradle build', { filters: { project_id: 'project-2' } });
    expect({ total, truncated }).toEqual({
      total: placesWhere((row) => row.project === 2).length + 1,
      truncated: false,
    });
  });

  it('says that there is more when nothing is filtered', () => {
    expect(memory.search('gradle build')).toMatchObject({ truncated: true });
  });
});

it('gives up in a million rows once its effort is spent, and says so', () => {
  const allowed = new Uint8Array(1_000_001);
  for (let pk = 3000; pk < allowed.length; pk += 3000) allowed[pk] = 1;
  const asked: number[] = [];
  const termRows = {
    newest: () => ({ pks: new Int32Array(0), levels: new Uint8Array(0) }),
    between: (_term: string, from: number, to: number) => {
      asked.push(to - from);
      return { pks: Int32Array.of(to), levels: Uint8Array.of(1) };
    },
  };
  const sink = { take: () => true, size: () => 0 };
  const older = createOlderRows({ allowed, complete: true }, termRows, () => []);
  const part = { term: 'build', below: 970_000, density: 0.5 };
  expect(older.read(part, 24_000, sink)).toMatchObject({ complete: false });
  expect(asked.length).toBeLessThan(40);
  expect(Math.max(...asked)).toBe(0);
  asked.length = 0;
  expect(older.read({ ...part, density: 0.03 }, 4_000_000, sink)).toMatchObject({ complete: true });
  // Rows that lie close to each other are walked over together.
  expect(asked.length).toBeLessThan(20);
});
