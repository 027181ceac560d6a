import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SearchFilters } from '../../shared/search-views.ts';
import { createTestMemory } from './test-memory.ts';

let memory: ReturnType<typeof createTestMemory>;

beforeEach(() => {
  memory = createTestMemory();
});
afterEach(() => {
  memory.close();
});

describe('filters', () => {
  beforeEach(() => {
    memory.writeAll([
      { title: 'lock timeout', project: 1, session: 1, tool: 'Edit', files_changed: ['/home/a/src/db.js'] },
      { title: 'lock timeout', project: 1, session: 2, type: 'command', tool: 'Bash', failed: true },
      { title: 'lock timeout', project: 2, session: 3, tool: 'Read', files_read: ['C:\\work\\src\\db.js'] },
      { title: 'lock timeout', project: 2, session: 3, type: 'note', files_read: ['/home/a/src/mydb.js'] },
    ]);
  });

  it.each<[string, SearchFilters, string[]]>([
    ['nothing', {}, ['o1', 'o2', 'o3', 'o4']],
    ['project', { project_id: 'project-2' }, ['o3', 'o4']],
    ['unknown project', { project_id: 'nobody' }, []],
    ['session', { session_id: 'session-2' }, ['o2']],
    ['types', { types: ['command', 'note'] }, ['o2', 'o4']],
    ['no types at all', { types: [] }, ['o1', 'o2', 'o3', 'o4']],
    ['tools', { tools: ['Bash', 'Read'] }, ['o2', 'o3']],
    ['unknown tool', { tools: ['Nothing'] }, []],
    ['the tail of a path, on its border', { file: 'db.js' }, ['o1', 'o3']],
    ['a longer tail', { file: 'src/db.js' }, ['o1', 'o3']],
    ['a relative path', { file: './src/db.js' }, ['o1', 'o3']],
    ['a whole path', { file: '/home/a/src/db.js' }, ['o1']],
    ['a path with signs of patterns', { file: '%_*' }, []],
    ['a path with U+0000', { file: 'db.js\0' }, []],
    ['a project with U+0000', { project_id: 'project-1\0' }, []],
    ['a session with U+0000', { session_id: '\0session-1' }, []],
    ['a tool with U+0000', { tools: ['Bash\0'] }, []],
    ['failed', { failed: true }, ['o2']],
    ['not failed', { failed: false }, ['o1', 'o3', 'o4']],
    ['since, inclusive', { since: '1970-01-01T00:00:03.000Z' }, ['o3', 'o4']],
    ['until, exclusive', { until: '1970-01-01T00:00:03.000Z' }, ['o1', 'o2']],
    ['several', { project_id: 'project-1', tools: ['Edit'], failed: false }, ['o1']],
  ])('by %s, with words and without', (_name, filters, expected) => {
    expect(memory.ids('timeout', { filters }).toSorted()).toEqual(expected);
    expect(memory.ids('', { filters })).toEqual(expected.toReversed());
    expect(memory.search('timeout', { filters }).total).toBe(expected.length);
  });
});

describe('ranking', () => {
  it('mixes the three voices by their weights, each divided by its best', () => {
    memory.writeAll([
      { title: 'deadlock in writer', session: 1 },
      { title: 'unrelated things', session: 2 },
      { title: 'deadlock here', session: 2 },
      { title: 'deadlock again', session: 2 },
      { title: 'other words', session: 3 },
      { title: 'and more words', session: 3 },
      { title: 'still more words', session: 3 },
    ]);
    const { hits, terms } = memory.search('deadlock');
    expect(terms).toEqual(['deadlock']);
    expect(hits.map((hit) => hit.observation.id)).toEqual(['o4', 'o3', 'o1']);
    for (const { voices, score, boosts } of hits) {
      const parts = [voices.observation, voices.window, voices.session];
      expect(parts.map((voice) => voice.weight)).toEqual([0.4, 0.4, 0.2]);
      expect(score).toBeCloseTo(
        parts.reduce((sum, voice) => sum + voice.normalized * voice.weight, boosts.recency + boosts.importance),
        10,
      );
    }
    expect(Math.max(...hits.map((hit) => hit.voices.window.normalized))).toBe(1);
  });

  it('takes neighbours in time, though they came later', () => {
    memory.write(1, { title: 'mutex problem', session: 1, at: 5000 });
    memory.write(2, { title: 'mutex problem', session: 2, at: 5000 });
    memory.search('mutex');
    memory.write(3, { title: 'retry policy', session: 1, at: 4000 });
    memory.write(4, { title: 'nothing', session: 2, at: 4000 });
    expect(memory.ids('mutex retry policy')[0]).toBe('o3');
    const [first, second] = memory
      .search('mutex retry')
      .hits.filter((hit) => hit.observation.title === 'mutex problem');
    expect(first?.observation.id).toBe('o1');
    expect(first?.voices.window.raw).toBeGreaterThan(second?.voices.window.raw ?? 0);
  });

  it('prefers repetition, and of equals the newest', () => {
    memory.writeAll([
      { title: 'cache here padding', session: 1 },
      { title: 'cache cache cache', session: 2 },
      { title: 'cache there padding', session: 3 },
      { title: 'something else now', session: 4 },
    ]);
    expect(memory.ids('cache')).toEqual(['o2', 'o3', 'o1']);
  });
});

describe('catching up', () => {
  it('sees what was written, replaced and removed after the first search', () => {
    memory.write(1, { title: 'alpha' });
    expect(memory.ids('alpha')).toEqual(['o1']);
    memory.write(2, { title: 'alpha beta' });
    expect(memory.ids('alpha').toSorted()).toEqual(['o1', 'o2']);
    memory.write(1, { title: 'gamma', failed: true });
    expect(memory.ids('alpha')).toEqual(['o2']);
    expect(memory.ids('gamma', { filters: { failed: true } })).toEqual(['o1']);
    memory.remove(2);
    expect(memory.ids('alpha')).toEqual([]);
    expect(memory.search('')).toMatchObject({ total: 1, hits: [{ observation: { id: 'o1' } }] });
  });

  it('keeps lists of common words right when rows are added, replaced and removed', () => {
    memory.writeAll(
      Array.from({ length: 900 }, (_value, index) => ({ title: `common ${index}`, session: 1 + (index % 40) })),
    );
    expect(memory.search('common').total).toBe(900);
    memory.write(901, { title: 'common common new' });
    memory.write(450, { title: 'no longer' });
    memory.remove(10);
    const { total } = memory.search('common', { limit: 1000 });
    expect(total).toBe(899);
    expect(memory.ids('')[0]).toBe('o901');
  });
});

describe('budget', () => {
  it('says so when a word is too common to score every row', () => {
    memory.writeAll(
      Array.from({ length: 20_050 }, (_value, index) => ({ title: 'common', session: 1 + (index >> 6) })),
    );
    const answer = memory.search('common');
    expect(answer).toMatchObject({ truncated: true, total: 8_000 });
    expect(memory.search('common', { filters: { session_id: 'session-1' } })).toMatchObject({
      truncated: false,
      total: 64,
    });
  });
});

describe('any characters', () => {
  it.each([
    `'"; DROP TABLE observations; --`,
    '*',
    'NEAR(',
    'NEAR(lock timeout, 5)',
    '-',
    '"',
    '""',
    'terms:lock',
    '^lock',
    'lock AND',
    'NOT',
    '{terms}: x',
    '😀',
    '👨‍👩‍👧 lock',
    '\0',
    'lock\0timeout',
    '\ud800',
    'lock \udc00',
    '___lock',
    '锁\ud842',
    'lock '.repeat(2000),
    '锁'.repeat(10_000),
    `${'x'.repeat(9_999)}😀`,
    Array.from({ length: 2000 }, (_value, index) => `w${index}`).join(' '),
  ])('%j does no harm', (text) => {
    memory.writeAll([{ title: 'lock timeout 锁定超时' }, { title: 'drop table' }]);
    const answer = memory.search(text);
    expect(answer.hits.length).toBeLessThanOrEqual(2);
    expect(memory.ids('lock')).toEqual(['o1']);
  });

  it('finds all of what was remembered with U+0000 in it', () => {
    memory.writeAll([
      { title: 'lock\0timeout', narrative: '\0before\0', files_read: ['/a\0b.ts'] },
      { title: 'other' },
    ]);
    for (const text of ['lock', 'timeout', 'before', 'lock\0timeout', '\0b.ts']) {
      expect(memory.ids(text)).toEqual(['o1']);
    }
  });

  it('finds nothing for signs alone, and everything for nothing', () => {
    memory.writeAll([{ title: 'one' }, { title: 'two' }]);
    expect(memory.ids('***')).toEqual([]);
    expect(memory.ids('  ')).toEqual(['o2', 'o1']);
  });
});

describe('what the issue asks to find', () => {
  it.each([
    'busy timeout',
    'busy_timeout',
    'busyTimeout',
    'SQLITE_BUSY',
    'sqliteBusy',
    '登录',
    '时钟偏差',
    '差',
    '时',
    'configurat',
  ])('%s', (text) => {
    memory.writeAll([
      { title: 'unrelated', session: 2 },
      { title: 'set busyTimeoutMs after SQLITE_BUSY; configuration', narrative: '用户登录失败是因为时钟偏差' },
    ]);
    expect(memory.ids(text)).toEqual(['o2']);
  });
});
