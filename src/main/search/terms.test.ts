import { describe, expect, it } from 'vitest';
import { indexTerms, queryTerms } from './terms.ts';

function found(query: string, text: string): boolean {
  const terms = new Set(indexTerms(text));
  return queryTerms(query).some(({ term, prefix }) => {
    if (terms.has(term)) return true;
    return prefix !== null && [...terms].some((known) => known.startsWith(prefix));
  });
}

describe('index terms', () => {
  it.each([
    ['identifiers, whole and split', 'sqliteBusy SQLITE_BUSY', 'sqlite busi sqlitebusi sqlite busi sqlitebusi'],
    ['stems', 'timeouts locking locked', 'timeout lock lock'],
    ['acronyms', 'HTTPServer userIDs', 'http server httpserver user id userid'],
    ['paths and names of files', 'src/store/write-queue.ts', 'src store write queue writequeu ts writequeuet'],
    ['versions and numbers', 'v1.2.3 3.14 5000', '1.2.3 v1.2.3 3.14 5000'],
    ['letters beside digits', 'sha256', 'sha 256 sha256'],
    ['hashes stay whole', 'a1b2c3d4e5f6a7b8', 'a1b2c3d4e5f6a7b8'],
    ['Chinese as overlapping pairs', '时钟偏差', '时钟 钟偏 偏差 差'],
    ['one Chinese character', '锁', '锁'],
    ['Chinese beside English', '修复sqlite锁', '修复 复 sqlite 锁'],
    ['extension A and B', '㐀㐁 𠀀𠀁', '㐀㐁 㐁 𠀀𠀁 𠀁'],
    ['kana and hangul', 'カナ 한국', 'カナ ナ 한국 국'],
    ['full width', 'ｓｑｌｉｔｅ＿ｂｕｓｙ', 'sqlite busi sqlitebusi'],
    ['accents', 'Café', 'cafe'],
    ['apostrophes', "don't", 'don dont'],
  ])('%s', (_name, text, expected) => {
    expect(indexTerms(text).join(' ')).toBe(expected);
  });

  it.each(['', ' ', '😀🎉', '\0', '\ud800', '\udc00\ud800', '*"\'()^-:+', '---___...'])('%j gives none', (text) => {
    expect(indexTerms(text)).toEqual([]);
  });

  it('never lets ill-formed text or a mark into a term, which the tokenizer would split', () => {
    const text = 'a\ud800b x😀y _lead __dunder__ trailing_ a\0b é\u0301 \u0301\u0302 ...a..b';
    for (const term of indexTerms(text)) {
      expect(term.isWellFormed()).toBe(true);
      expect(term).toMatch(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.]*$/u);
    }
  });

  it('cuts what is not a word at all', () => {
    expect(indexTerms('x'.repeat(5000))).toEqual(['x'.repeat(64)]);
  });
});

describe('query terms', () => {
  it.each([
    ['sqliteBusy', 'SQLITE_BUSY'],
    ['SQLITE_BUSY', 'sqliteBusy'],
    ['sqlite busy', 'sqliteBusy'],
    ['sqlitebusy', 'SQLITE_BUSY'],
    ['busy_timeout', 'busy timeout'],
    ['busy timeout', 'busyTimeoutMs'],
    ['busyTimeoutMs', 'busy_timeout'],
    ['timeouts', 'timeout'],
    ['登录', '修复登录超时'],
    ['录', '修复登录'],
    ['时钟偏差', '服务器时钟偏差过大'],
    ['writ', 'the writer'],
  ])('%s finds %s', (query, text) => {
    expect(found(query, text)).toBe(true);
  });

  it.each([
    ['stop words go', 'how does the cache work', ['cache', 'work']],
    ['unless nothing else is there', 'what is the', ['what', 'is', 'the']],
    ['Chinese stop words go', '登录的问题怎么办', ['登录', '问题']],
    ['but not words that only contain one', '目的地址', ['目的', '的地', '地址']],
    ['and a lone one stays', '的', ['的']],
    ['repetitions count once', 'lock locks lock', ['lock']],
    ['words of a query language are words', 'NEAR(a OR b) AND NOT c', ['near', 'b', 'not', 'c']],
  ])('%s', (_name, query, expected) => {
    expect(queryTerms(query).map((term) => term.surface)).toEqual(expected);
  });

  it('lets only the last word be the beginning of another', () => {
    expect(queryTerms('busy time').map((term) => term.prefix)).toEqual([null, 'time']);
  });

  it('looks at a bounded number of terms of a query of any length', () => {
    const long = Array.from({ length: 5000 }, (_value, index) => `word${index}`).join(' ');
    expect(queryTerms(long).length).toBeLessThanOrEqual(150);
  });
});
