import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchFilters } from '../../../shared/search-views.ts';
import { createObservationTable } from '../observation-table.ts';
import { createTestMemory } from '../test-memory.ts';
import type { TestRow } from '../test-memory.ts';
import { createQueryCompiler } from './compile-query.ts';
import { testClock } from './testing/understood.ts';

const day = 86_400_000;
const rows: TestRow[] = [
  { title: 'Connection refused by the pool', at: testClock.now - day },
  { title: 'The pool refused a connection', at: testClock.now - 2 * day },
  { title: 'connection-REFUSED ｃｏｄｅ', at: testClock.now - 8 * day, project: 2, session: 2 },
  { title: '修复数据库连接超时', at: testClock.now, concepts: ['test', '数据库'] },
  { title: '数据库的连接，超时', at: testClock.now, type: 'command', tool: 'Bash', failed: true },
  { title: 'busyTimeout set', facts: ['PRAGMA busy_timeout = 5000', 'uses version 1.2.3'], concepts: ['Test', 'git'] },
  { title: 'a', narrative: 'ends here.', files_changed: ['/home/me/shop/src/search/query.ts'], tool: 'Edit' },
  { title: 'starts here', subtitle: 'Café "naïve"\nnext line', tool: 'mcp__github__create_issue' },
  { title: 'refused', narrative: 'connection was refused', project: 3, session: 3 },
];

let memory: ReturnType<typeof createTestMemory>;
let find: (text: string, filters?: SearchFilters) => number[];
let compile: (text: string, filters?: SearchFilters) => ReturnType<ReturnType<typeof createQueryCompiler>['compile']>;

beforeAll(() => {
  memory = createTestMemory();
  memory.writeAll(rows);
  memory.run(`
    UPDATE projects SET name = 'shop-api', root = '/home/me/work/shop-api' WHERE pk = 1;
    UPDATE projects SET name = 'Website', root = 'C:\\work\\website' WHERE pk = 2;
    UPDATE projects SET name = 'website', root = '/srv/website' WHERE pk = 3;
    INSERT INTO observation_marks VALUES (2, 'pinned', 0), (4, 'hidden', 0);
  `);
  const table = createObservationTable(memory.db);
  const compiler = createQueryCompiler(memory.db, table, () => testClock);
  compile = (text, filters = {}) => {
    table.catchUp();
    return compiler.compile({ text, filters });
  };
  find = (text, filters) => {
    const { filter } = compile(text, filters);
    if (filter === null) return rows.map((_row, index) => index + 1);
    return [...filter.allowed.entries()].flatMap(([pk, allowed]) => (allowed === 1 ? [pk] : []));
  };
});
afterAll(() => {
  memory.close();
});

describe('phrases', () => {
  it.each([
    ['its words in their order', '"connection refused"', [1, 3]],
    ['and no others between them', '"refused a connection"', [2]],
    ['of one word without its inflections', '"refuse"', []],
    ['in Chinese, across no punctuation', '"连接超时"', [4]],
    ['one character', '"超"', [4, 5]],
    ['two in one query', '"connection refused" "code"', [3]],
    ['an identifier by its parts', '"busy timeout"', [6]],
    ['an identifier as one word', '"busytimeout"', [6]],
    ['a version', '"version 1.2.3"', [6]],
    ['not part of a version', '"version 1.2"', []],
    ['within one field only', '"a ends"', []],
    ['accents, line breaks and quotes do not matter', '"cafe naive next"', [8]],
    ['a path', '"search/query.ts"', [7]],
    ['not a part of a word', '"onnection refuse"', []],
    ['full width', '"refused code"', [3]],
    ['words that nobody wrote', '"never written"', []],
  ])('%s: %s', (_name, query, pks) => {
    expect(find(query)).toEqual(pks);
  });

  it('are searched for by their words too', () => {
    expect(compile('pool "connection refused"')).toMatchObject({
      parsed: { words: 'pool' },
      words: 'pool connection refused',
    });
  });
});

describe('exclusions', () => {
  it.each([
    ['a word with its inflections', '-refuse', [4, 5, 6, 7, 8]],
    ['a phrase', '-"connection refused"', [2, 4, 5, 6, 7, 8, 9]],
    ['Chinese', '-数据库', [1, 2, 3, 6, 7, 8, 9]],
    ['a type', '-type:command', [1, 2, 3, 4, 6, 7, 8, 9]],
    ['a tag', '-tag:test', [1, 2, 3, 5, 7, 8, 9]],
    ['a state', '-is:failed', [1, 2, 3, 4, 6, 7, 8, 9]],
    ['an identifier', '-busy_timeout', [1, 2, 3, 4, 5, 7, 8, 9]],
    ['what nobody wrote', '-unheard', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ])('%s: %s', (_name, query, pks) => {
    expect(find(query)).toEqual(pks);
  });
});

describe('what rows belong to', () => {
  it.each([
    ['a project by name', 'project:shop-api', [1, 2, 4, 5, 6, 7, 8]],
    ['by id', 'project:project-2', [3]],
    ['by the tail of its path', 'project:work/website', [3]],
    ['by its very name when another differs in case only', 'project:Website', [3]],
    ['either of two', 'project:Website project:project-3', [3, 9]],
    ['a type in Chinese', '类型：命令', [5]],
    ['a tool in any case', 'tool:bash', [5]],
    ['a server of tools', 'tool:github', [8]],
    ['one of two tools', 'tool:Bash,Edit', [5, 7]],
    ['a file by its tail', 'file:search/query.ts', [7]],
    ['a folder', 'file:src/search/', [7]],
    ['a pattern', 'file:*.ts', [7]],
    ['a tag in any case', 'tag:test', [4, 6]],
    ['one of two tags', 'tag:git,数据库', [4, 6]],
    ['two tags at once', 'tag:test tag:git', [6]],
    ['failures', 'is:failed', [5]],
    ['pins', 'is:pinned', [2]],
    ['a session by its beginning', 'session:session-2', [3]],
    ['a time', 'yesterday', [1]],
    ['two times', 'yesterday 今天', [1, 4, 5]],
    ['an open time', 'since yesterday', [1, 4, 5]],
    ['two bounds', 'since:2026-11-16 before:2026-11-17', [2]],
    ['everything together', '数据库 type:command is:failed 今天 -tag:test', [5]],
  ])('%s: %s', (_name, query, pks) => {
    expect(find(query)).toEqual(pks);
  });

  it.each<[string, SearchFilters, number[]]>([
    ['tags', { tags: ['test', 'git'] }, [6]],
    ['pinned', { pinned: true }, [2]],
    ['not pinned', { pinned: false, types: ['command'] }, [5]],
    ['an unknown tag', { tags: ['nothing'] }, []],
  ])('filters beside the text: %s', (_name, filters, pks) => {
    expect(find('', filters)).toEqual(pks);
  });

  it('filters beside the text narrow what the text asks for', () => {
    expect(find('project:shop-api', { types: ['command'] })).toEqual([5]);
    expect(find('type:change', { types: ['command'] })).toEqual([]);
  });

  // A filter that lets nothing pass because of a slip would hide everything.
  it.each([
    ['project:unheard', 'unknown_project'],
    ['project:WEBSITE', 'ambiguous_project'],
    ['type:unheard', 'unknown_type'],
    ['session:unheard', 'unknown_session'],
    ['session:s', 'unknown_session'],
    ['since:unheard', 'invalid_time'],
    ['-project:unheard', 'unknown_project'],
  ])('%s is told and filters nothing', (query, problem) => {
    expect(compile(query).parsed.clauses).toMatchObject([{ problem }]);
    expect(compile(query).filter).toBeNull();
  });

  it('uses those of several values that it knows', () => {
    expect(compile('project:website,Website,unheard').parsed.clauses).toMatchObject([
      { value: 'website, Website', problem: null },
      { value: 'unheard', problem: 'unknown_project' },
    ]);
    expect(find('type:command,unheard')).toEqual([5]);
  });

  it('tells people a project by its name', () => {
    expect(compile('project:project-1').parsed.clauses).toMatchObject([{ kind: 'project', value: 'shop-api' }]);
  });
});
