import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSearchHistoryWriter } from '../../store/tables/search-history.ts';
import { createTestMemory } from '../test-memory.ts';
import type { TestRow } from '../test-memory.ts';
import { createSuggester } from './suggester.ts';
import type { Suggester } from './suggester.ts';

const rows: TestRow[] = [
  ...Array.from({ length: 6 }, () => ({ title: 'Configure the database connection', tool: 'Bash' })),
  ...Array.from({ length: 3 }, () => ({ title: '修复数据库连接超时', concepts: ['缓存'] })),
  {
    title: 'busyTimeout in DatabasePool',
    files_changed: ['/home/me/shop/src/search/searcher.ts'],
    concepts: ['deploy'],
  },
  { title: 'read', files_read: ['/home/me/shop/src/search/sea lion.ts', '/home/me/web/src/search/searcher.ts'] },
  { title: 'x', narrative: 'quixotic configurations', tool: 'mcp__github__create_issue' },
  { title: '数据结构 数据结构 调整' },
  { title: '数据结构说明' },
  { title: '备份数据库' },
];

let memory: ReturnType<typeof createTestMemory>;
let suggester: Suggester;

beforeAll(() => {
  memory = createTestMemory();
  memory.writeAll(rows);
  memory.run(`
    UPDATE projects SET name = 'shop api';
    INSERT INTO search_history VALUES ('database timeouts', 5, 1), ('database locks last week', 9, 2), ('登录失败', 1, 1);
  `);
  suggester = createSuggester(memory.db);
});
afterAll(() => {
  memory.close();
});

/** What the text would become with each suggestion. */
function completed(text: string, caret = text.length): string[] {
  return suggester
    .suggest({ text, caret, limit: 8 })
    .map(({ insert, range }) => text.slice(0, range[0]) + insert + text.slice(range[1]));
}

describe('completes', () => {
  it.each([
    ['an operator', 'pro', 'project:'],
    ['an operator in Chinese', '项', '项目：'],
    ['an operator in the middle', 'locks typ', 'locks type:'],
    ['a word as people write it, not its stem', 'conf', 'configure'],
    ['a word beyond its stem', 'configurat', 'configurations'],
    ['an identifier with its capitals', 'busyt', 'busyTimeout'],
    ['the last word only', 'fix the databasep', 'fix the DatabasePool'],
    ['an excluded word', '-conf', '-configure'],
    ['Chinese to what stands in titles', '数据', '数据库'],
    ['Chinese to another word', '数据', '数据结构'],
    ['Chinese behind other words', '检查数据', '检查数据库'],
    ['a past query', 'databa', 'database locks last week'],
    ['a past query in Chinese', '登录', '登录失败'],
    ['a project with a space', 'project:sh', 'project:"shop api"'],
    ['a project by a later word of its name', 'project:api', 'project:"shop api"'],
    ['a project without its operator', 'shop', 'project:"shop api"'],
    ['a type', 'type:co', 'type:command'],
    ['a type in Chinese', '类型：命', '类型：命令'],
    ['a second type', 'type:change,co', 'type:change,command'],
    ['a tool', 'tool:ba', 'tool:Bash'],
    ['a tool of a server', 'tool:git', 'tool:mcp__github__create_issue'],
    ['a file with a space', 'file:sea', 'file:"sea lion.ts"'],
    ['a file of which there are two, with its folder', 'file:sear', 'file:src/search/searcher.ts'],
    ['a file without its operator', 'searcher', 'file:src/search/searcher.ts'],
    ['a tag', 'tag:dep', 'tag:deploy'],
    ['a tag in Chinese', '标签：缓', '标签：缓存'],
    ['a state', 'is:f', 'is:failed'],
    ['a time', 'since:la', 'since:"last week"'],
    ['a time in Chinese', '之前：昨', '之前：昨天'],
  ])('%s: %s', (_name, text, expected) => {
    expect(completed(text)).toContain(expected);
  });

  it('the word at the caret, with what stands behind it', () => {
    expect(completed('conf deploy', 4)).toContain('configure deploy');
    expect(completed('typ:change', 3)[0]).toBe('type:');
  });

  it('puts what was searched of late and often first, and no suggestion twice', () => {
    const suggestions = completed('databa');
    expect(suggestions[0]).toBe('database locks last week');
    expect(new Set(suggestions).size).toBe(suggestions.length);
  });

  it('counts the rows of a word', () => {
    const [found] = suggester.suggest({ text: 'connec', limit: 1 });
    expect(found).toMatchObject({ kind: 'term', insert: 'connection', range: [0, 6], count: 6 });
  });

  it('offers past queries where nothing was typed', () => {
    expect(completed('')).toEqual(['database locks last week', 'database timeouts', '登录失败']);
  });
});

describe('does not complete', () => {
  it.each([
    ['within quotes', '"conf'],
    ['within quotes that began earlier', '"the conf'],
    ['what was pasted', `${'x '.repeat(300)}conf`],
    ['several lines', 'error\nconf'],
    ['what nobody wrote', 'zzzz'],
    ['marks', '***'],
    ['a lone surrogate', '\ud83d'],
    ['FTS5 syntax', '"*" OR ('],
  ])('%s', (_name, text) => {
    expect(suggester.suggest({ text, limit: 8 })).toEqual([]);
  });

  it('a beginning to words that no search looks for', () => {
    expect(completed('th')).not.toContain('the');
  });

  it('beyond what is there: the caret may be anywhere', () => {
    for (const caret of [0, 3, 500]) expect(() => suggester.suggest({ text: 'conf', caret, limit: 8 })).not.toThrow();
  });

  it('what was forgotten, or deleted with its rows', () => {
    const other = createTestMemory();
    try {
      other.writeAll([{ title: 'unmistakable', concepts: ['passing'] }]);
      other.remove(1);
      const { suggest } = createSuggester(other.db);
      expect(suggest({ text: 'unmis', limit: 8 })).toEqual([]);
      expect(suggest({ text: 'tag:pas', limit: 8 })).toEqual([]);
    } finally {
      other.close();
    }
  });
});

describe('past queries', () => {
  it('are kept once each, a thousand at most, and are gone when they are to be', () => {
    const written: [string, number][] = [];
    const other = createTestMemory();
    try {
      const history = createSearchHistoryWriter(other.writable);
      for (let at = 1; at <= 1_010; at++) history.remember(`query ${at}`, at);
      history.remember('  query   1010 ', 2_000);
      history.remember('   ', 2_001);
      const all = other.db
        .prepare<[], { query: string; count: number }>('SELECT query, count FROM search_history')
        .all();
      written.push(...all.map(({ query, count }): [string, number] => [query, count]));
      expect(written).toHaveLength(1_000);
      expect(new Map(written).get('query 1010')).toBe(2);
      expect(new Map(written).has('query 10')).toBe(false);
      history.forget();
      expect(createSuggester(other.db).suggest({ text: '', limit: 8 })).toEqual([]);
    } finally {
      other.close();
    }
  });
});

// Catches words that completion remembers of what was to be forgotten, and rows that are missed because they got its pk.
it('forgets the words, files and tools of rows that were deleted', () => {
  const own = createTestMemory();
  try {
    const inserts = (text: string) => suggesting.suggest({ text, limit: 8 }).map(({ insert }) => insert.trim());
    own.writeAll([
      { title: 'Configure the database' },
      { title: 'x', narrative: 'configurations of the shop' },
      { title: '秘密项目 secretProject', files_changed: ['/home/me/secret.ts'], tool: 'SecretTool' },
      { title: '秘密项目' },
    ]);
    const suggesting = createSuggester(own.db);
    const before = ['secretp', 'file:sec', 'tool:sec', '秘密'].map(inserts);
    expect(before.map((found) => found.length > 0)).toEqual([true, true, true, true]);
    own.remove(3);
    own.remove(4);
    own.run('DELETE FROM files');
    own.writeAll([{ title: 'publicProject', files_changed: ['/home/me/public.ts'] }], 3);
    expect(['secretp', 'file:sec', 'tool:sec', '秘密'].map(inserts)).toEqual([[], [], [], []]);
    expect([inserts('publicp'), inserts('file:pub')]).toEqual([['publicProject'], ['file:public.ts']]);
    // Once it was looked up, in the middle of the table.
    expect(inserts('configurat')).toEqual(['configurations']);
    own.remove(2);
    expect(inserts('configurat')).toEqual([]);
  } finally {
    own.close();
  }
});
