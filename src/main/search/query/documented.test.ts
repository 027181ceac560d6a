import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseQuery } from './parse-query.ts';
import { testClock } from './testing/understood.ts';

const page = (name: string) => readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');

/** What stands in code marks in the first column of the table, and between dots under "Time". */
function examples(text: string, section: RegExp): { operators: string[]; times: string[] } {
  const coded = (part: string) => [...part.matchAll(/`([^`]+)`/gu)].map((match) => match[1] ?? '');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  const times = section.exec(text)?.[1] ?? '';
  return { operators: rows.flatMap((row) => coded(row.split(' | ')[0] ?? '')), times: coded(times) };
}

// Catches a page that teaches what the grammar does not understand.
describe.each([
  ['search.md', /## Time\n\n([\s\S]*?)\n\n/u, 12, 14],
  ['search.zh-CN.md', /## 时间\n\n([\s\S]*?)\n\n/u, 12, 15],
])('the examples of %s', (name, section, leastOperators, leastTimes) => {
  const { operators, times } = examples(page(name), section);

  it('are there', () => {
    expect(operators.length).toBeGreaterThanOrEqual(leastOperators);
    expect(times.length).toBeGreaterThanOrEqual(leastTimes);
  });

  it.each(operators.slice(1))('%s is understood', (query) => {
    const { clauses } = parseQuery(query, testClock);
    expect(clauses.length).toBeGreaterThan(0);
    expect(clauses.every(({ problem }) => problem === null)).toBe(true);
  });

  it.each(times)('%s is a time and nothing else', (query) => {
    expect(parseQuery(query, testClock)).toMatchObject({ words: '', clauses: [{ target: 'time', problem: null }] });
  });
});
