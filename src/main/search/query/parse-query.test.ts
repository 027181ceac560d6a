import { describe, expect, it } from 'vitest';
import { parseQuery } from './parse-query.ts';
import { testClock, understood } from './testing/understood.ts';

describe('operators', () => {
  it.each([
    ['"connection refused"', '', 'phrase connection refused'],
    ['“connection refused” retry', 'retry', 'phrase connection refused'],
    ['「连接超时」', '', 'phrase 连接超时'],
    ['修复“连接超时”问题', '修复 问题', 'phrase 连接超时'],
    ['『死锁』 数据库', '数据库', 'phrase 死锁'],
    ['＂full width＂ x', 'x', 'phrase full width'],
    ['cache -redis', 'cache', 'not redis'],
    ['cache －redis', 'cache', 'not redis'],
    ['-not', '', 'not not'],
    ['-"connection refused" timeout', 'timeout', 'not connection refused'],
    ['数据库 -超时', '数据库', 'not 超时'],
    ['not:redis cache', 'cache', 'not redis'],
    ['不含：缓存 数据库', '数据库', 'not 缓存'],
    ['project:shop', '', 'project shop'],
    ['Project:SHOP', '', 'project SHOP'],
    ['PROJECT："shop api" x', 'x', 'project shop api'],
    ['项目：支付 超时', '超时', 'project 支付'],
    ['type:change', '', 'type change'],
    ['type:Change,COMMAND', '', 'type change, command'],
    ['type:修改，命令', '', 'type change, command'],
    ['类型：命令', '', 'type command'],
    ['type:change,bogus', '', 'type change | type bogus (unknown_type)'],
    ['type:bogus', '', 'type bogus (unknown_type)'],
    ['-type:command', '', 'not type:command'],
    ['tool:Bash,Read', '', 'tool Bash, Read'],
    ['工具：Bash', '', 'tool Bash'],
    ['file:src/db.ts', '', 'file src/db.ts'],
    ['file:"my file.ts",b.ts', '', 'file my file.ts, b.ts'],
    ['file:C:\\work\\db.ts', '', 'file C:\\work\\db.ts'],
    ['file:src/search/', '', 'file src/search/'],
    ['文件：数据库.ts', '', 'file 数据库.ts'],
    ['tag:a,b tag:c', '', 'tag a, b | tag c'],
    ['标签：测试', '', 'tag 测试'],
    ['session:0199a', '', 'session 0199a'],
    ['会话：0199a', '', 'session 0199a'],
    ['is:failed', '', 'failed failed'],
    ['IS:Pinned', '', 'pinned pinned'],
    ['is:failed is:pinned', '', 'failed failed | pinned pinned'],
    ['-is:failed', '', 'not is:failed'],
    ['状态：失败', '', 'failed failed'],
    ['since:yesterday', '', 'since 2026-11-17 –'],
    ['since:7d', '', 'since 2026-11-11 11:30 –'],
    ['since:2025', '', 'since 2025-01-01 –'],
    ['since:march', '', 'since 2026-03-01 –'],
    ['since:last week errors', 'errors', 'since 2026-11-09 –'],
    ['since:"last week" errors', 'errors', 'since 2026-11-09 –'],
    ['since:2026-11-01,', '', 'since 2026-11-01 –'],
    ['since:上周', '', 'since 2026-11-09 –'],
    ['after:2026-11-01', '', 'since 2026-11-02 –'],
    ['before:3 May deploy', 'deploy', 'before – 2026-05-02'],
    ['before:2026-05-03T12:00', '', 'before – 2026-05-03 12:00'],
    ['之前：5月3日 登录', '登录', 'before – 2026-05-02'],
    ['之后：昨天', '', 'since 2026-11-18 –'],
    ['until:yesterday', '', 'before – 2026-11-17'],
    ['on:tuesday x', 'x', 'time 2026-11-17'],
    ['on:昨天', '', 'time 2026-11-17'],
    ['时间：上周 构建', '构建', 'time 2026-11-09 – 2026-11-15'],
    ['since:bogus x', 'x', 'time bogus (invalid_time)'],
    ['before:', 'before:', ''],
    ['on:"3 May"', '', 'time 2026-05-03'],
    ['failed tests type:command last week', 'failed tests', 'type command | time 2026-11-09 – 2026-11-15'],
    [
      '项目：支付 类型：命令 昨天下午 超时',
      '超时',
      'project 支付 | type command | time 2026-11-17 12:00 – 2026-11-17 18:00',
    ],
    ['"last week" report', 'report', 'phrase last week'],
    ['"in may" deploy last week', 'deploy', 'phrase in may | time 2026-11-09 – 2026-11-15'],
    ['-redis yesterday cache', 'cache', 'not redis | time 2026-11-17'],
  ])('%s', (query, words, clauses) => {
    expect(understood(query)).toEqual([words, clauses]);
  });

  it('searches for what phrases say, in the order of the query', () => {
    expect(parseQuery('a "b c" d -"e f"', testClock)).toMatchObject({ words: 'a d', searched: 'a b c d' });
  });

  it('says where each clause stands', () => {
    const query = '  登录 “连接 超时” -type:command 昨天下午的部署 since:last week';
    const { clauses } = parseQuery(query, testClock);
    expect(clauses.map(({ range, text }) => [query.slice(...range), text])).toEqual(
      ['“连接 超时”', '-type:command', '昨天下午的', 'since:last week'].map((text) => [text, text]),
    );
  });
});

// Each looks like an operator, a time or an exclusion and is none: reading it as one would hide what is looked for.
describe('words that stay words', () => {
  it.each([
    'today.ts',
    'now()',
    'yesterday_x',
    'todays',
    'this may fail',
    'before may fail',
    'may',
    'march',
    'may 3 times',
    'march madness',
    'second attempt',
    'last second',
    'last minute fix',
    'last commit',
    'last 5 commits',
    'last one',
    'the last test',
    'this function',
    'past tense',
    'sun.misc last sun',
    'sat on mon',
    'in 2000 ms',
    'in 2024 rows',
    'in 2048',
    '2025',
    'step 3 may fail',
    'tomorrow',
    'next week',
    '7d',
    '3 days',
    'weekday',
    'on error',
    'since constructor',
    'before __proto__ toString',
    'after upgrade',
    'from main to dev',
    'between tests and build',
    'until done',
    'in memory',
    'on 31 february',
    '30 February',
    'in a week',
    'ago',
    '12:30',
    'http://x/y',
    'C:\\Users\\x',
    'std::vector',
    'TypeError: foo',
    'file:///etc/passwd',
    'type: foo',
    'project:',
    'key:value',
    '{"a":"b"}',
    '"a":"b" c',
    '"unclosed quote',
    '5" disk',
    '???',
    '*',
    '""',
    '。。。',
    'foo-bar',
    'a - b',
    'a -b',
    'exit code -1',
    '--force',
    'git commit -m foo',
    'npm install -D vitest',
    'gcc -Wall main.c',
    'cache -redis --force',
    'ls -la | grep -redis',
    'rm -rf build',
    '2026-11-01 登录',
    'NEAR(a b) AND -c:',
    "' OR 1=1;--",
    'is:open',
  ])('%s', (query) => {
    expect(understood(query)).toEqual([query, '']);
  });
});

describe('pasted text is searched for as it is', () => {
  it.each([
    ['several lines', 'Error: x\n  at foo (file:1:2)\n-bar since:yesterday "quoted text"'],
    ['more than 300 characters', `"a phrase" -not type:change ${'word '.repeat(60)}`],
    ['more than 40 words', `yesterday -not ${'ab '.repeat(45)}`],
  ])('%s', (_name, text) => {
    expect(parseQuery(text, testClock)).toEqual({ words: text.trim(), searched: text.trim(), clauses: [] });
  });
});

/** Pieces of the grammar and of what could break it. */
const pieces = [
  ...'"“”「」『』-－:：,，()[]{}<>*\\/\'`~!@#$%^&=+|;.?_\0\ud800\udc00\u202e\u3000\t ',
  ...'project:|type:|tool:|file:|tag:|session:|is:|not:|since:|before:|until:|on:|项目：|类型：|之前：|不含：'.split(
    '|',
  ),
  ...'today|yesterday|last|week|between|and|from|to|since|before|3|May|2025|ago|days|past|31|a|few|at|9am|12:30'.split(
    '|',
  ),
  ...'今天|昨天|上|周|二|三|月|日|年|前|之前|从|到|起|最近|几|半|个|小时|的|2025年|5月|99|😀|é|ß|İ|ﬁ|한국'.split('|'),
];

function randomTexts(count: number, length: number): string[] {
  let state = 20_261_121;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: count }, () =>
    Array.from(
      { length: 1 + random(length) },
      () => (pieces[random(pieces.length)] ?? '') + (random(3) === 0 ? ' ' : ''),
    ).join(''),
  );
}

describe('whatever is typed', () => {
  it('is read without an error, into ranges within the text that do not overlap, with times that are times', () => {
    for (const text of randomTexts(4000, 14)) {
      const { words, searched, clauses } = parseQuery(text, testClock);
      let end = 0;
      for (const { range, text: said, since, until } of clauses.toSorted(
        (one, other) => one.range[0] - other.range[0],
      )) {
        const context = JSON.stringify({ text, range });
        expect(text.slice(...range), context).toBe(said);
        // Values of one key of which some are not known share their range.
        expect(range[0] >= end || clauses.some((other) => other.range[0] === range[0]), context).toBe(true);
        expect(range[1], context).toBeGreaterThan(range[0]);
        end = range[1];
        if (since !== undefined && until !== undefined) expect(since <= until, context).toBe(true);
      }
      expect(words.length, JSON.stringify(text)).toBeLessThanOrEqual(text.length);
      expect(searched.length).toBeLessThanOrEqual(text.length);
    }
  });

  it.each([
    ['spaces', ' '.repeat(10_000)],
    ['quotes', '"'.repeat(10_000)],
    ['one word', 'x'.repeat(10_000)],
    ['keys', 'type:'.repeat(2_000)],
    ['Chinese times', '昨天'.repeat(5_000)],
    ['a million characters', 'yesterday '.repeat(100_000)],
  ])('of %s is read at once', (_name, text) => {
    expect(parseQuery(text, testClock).words.length).toBeLessThanOrEqual(10_000);
  });
});
