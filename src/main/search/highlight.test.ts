import { describe, expect, it } from 'vitest';
import { highlight, longestSnippet } from './highlight.ts';
import { indexTerms, queryTerms } from './terms.ts';

type Fields = Parameters<typeof highlight>[0];

const empty: Fields = { title: '', subtitle: null, facts: [], narrative: null, files_read: [], files_changed: [] };

function marked(query: string, fields: Partial<Fields>) {
  const surfaces = new Map(queryTerms(query).map(({ term, surface }) => [term, surface]));
  // What the searcher does with a single character: the pairs that begin with it count as it.
  for (const { term, prefix } of queryTerms(query)) {
    if (prefix !== term) continue;
    for (const known of indexTerms(fields.title ?? '')) if (known.startsWith(term)) surfaces.set(known, term);
  }
  const made = highlight({ ...empty, ...fields }, surfaces);
  return {
    ...made,
    titleWords: made.title.map(([start, end]) => (fields.title ?? '').slice(start, end)),
    snippetWords: made.snippetRanges.map(([start, end]) => made.snippet.slice(start, end)),
  };
}

describe('highlights', () => {
  it.each([
    ['timeouts', 'a timeout of locks', ['timeout']],
    ['busy timeout', 'set busyTimeoutMs', ['busyTimeout']],
    ['timeout', 'set busyTimeoutMs', ['Timeout']],
    ['SQLITE_BUSY', 'sqliteBusy again', ['sqliteBusy']],
    ['时钟偏差', '服务器时钟偏差过大', ['时钟偏差']],
    ['钟', '服务器时钟偏差', ['钟']],
    ['busy', '😀busy😀', ['busy']],
    ['busy', 'ｂｕｓｙ，again', ['ｂｕｓｙ']],
    ['ffi', 'an ﬃ ligature', ['ﬃ']],
    ['カナ', 'ｶﾅ half width', ['ｶﾅ']],
    ['cafe', 'le cafe\u0301!', ['cafe\u0301']],
    ['nothing', 'else', []],
  ])('%s in %s', (query, title, expected) => {
    expect(marked(query, { title }).titleWords).toEqual(expected);
  });

  it('gives exact places', () => {
    const { title, matchedTerms } = marked('lock timeouts zebra', { title: 'Timeout: lock held' });
    expect(title).toEqual([
      [0, 7],
      [9, 13],
    ]);
    expect(matchedTerms).toEqual(['lock', 'timeouts']);
  });

  it('cuts the passage with the most different terms out of a long text', () => {
    const filler = 'some words that stand around '.repeat(20);
    const narrative = `lock lock lock ${filler} the lock met its timeout here ${filler}`;
    const { snippet, snippetWords } = marked('lock timeout', { narrative });
    expect(snippet.length).toBeLessThanOrEqual(longestSnippet);
    expect(snippet).toMatch(/^….*…$/u);
    expect(snippetWords).toEqual(['lock', 'timeout']);
  });

  it.each([0, 1, 2, 3])('never cuts a surrogate pair, shifted by %d', (shift) => {
    const narrative = `${'x'.repeat(shift)}${'😀'.repeat(300)} lock ${'😀'.repeat(300)}`;
    const { snippet, snippetWords } = marked('lock', { narrative });
    expect(snippet.isWellFormed()).toBe(true);
    expect(snippet.length).toBeLessThanOrEqual(longestSnippet);
    expect(snippetWords).toEqual(['lock']);
  });

  it('shows the beginning when only the title matched', () => {
    expect(marked('lock', { title: 'lock', facts: ['first fact', 'second'] }).snippet).toBe('first fact · second');
  });
});
