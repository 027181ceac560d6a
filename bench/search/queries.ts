import type { SearchFilters } from '../../src/shared/search-views.ts';
import type { WritableDb } from '../../src/main/store/database.ts';
import { seededRandom } from '../lib/seeded-random.ts';

export interface QueryClass {
  name: string;
  queries: { text: string; filters: SearchFilters }[];
}

const chinese = [
  '登录超时',
  '数据库死锁',
  '缓存失效',
  '内存泄漏',
  '锁',
  '时钟偏差的问题',
  '为什么测试失败',
  '部署 gateway 报错',
];

/** What people look for, drawn from the vocabulary that was in fact indexed: every class with many different queries. */
export function makeQueries(db: WritableDb, seed: number, perClass = 40): QueryClass[] {
  const random = seededRandom(seed + 1);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const terms = db
    .prepare<[], { term: string; doc: number }>(
      `SELECT term, doc FROM observation_term_counts WHERE term BETWEEN 'a' AND 'zzzz' ORDER BY doc DESC`,
    )
    .all();
  const names = terms.map((row) => row.term);
  const common = names.slice(0, 30);
  const rare = terms.filter((row) => row.doc >= 1 && row.doc <= 20).map((row) => row.term);
  const middling = terms.filter((row) => row.doc > 20 && row.doc <= 1_000).map((row) => row.term);
  const files = db.prepare<[], string>('SELECT path FROM files LIMIT 200').pluck().all();
  const times = (make: () => string, filters: () => SearchFilters = () => ({})) =>
    Array.from({ length: perClass }, () => ({ text: make(), filters: filters() }));
  const several = (count: number, from: readonly string[]) => Array.from({ length: count }, () => pick(from)).join(' ');
  const mostCommon = () => several(3, names.slice(0, 8));
  const text = () => `${pick(common)} ${pick(middling)}`;
  return [
    { name: 'rare word', queries: times(() => pick(rare)) },
    { name: 'common word', queries: times(() => pick(common)) },
    { name: 'five common words', queries: times(() => several(5, common)) },
    { name: 'common and rare', queries: times(() => `${several(2, common)} ${pick(rare)}`) },
    { name: 'identifier', queries: times(() => `${pick(common)}_${pick(middling)}`) },
    {
      name: 'error message',
      queries: times(
        () => `TypeError: cannot ${pick(common)} ${several(3, middling)} at ${pick(common)}.${pick(rare)} (12:7)`,
      ),
    },
    { name: 'Chinese', queries: times(() => pick(chinese)) },
    { name: 'beginning of a word', queries: times(() => pick(middling).slice(0, 3)) },
    { name: 'one project', queries: times(text, () => ({ project_id: `project-${1 + Math.floor(random() * 50)}` })) },
    { name: 'one session', queries: times(text, () => ({ session_id: `session-${1 + Math.floor(random() * 50)}` })) },
    {
      name: 'tool, type and failed',
      queries: times(text, () => ({ tools: ['Bash'], types: ['command'], failed: true })),
    },
    { name: 'one file', queries: times(text, () => ({ file: pick(files).split('/').slice(-2).join('/') })) },
    {
      name: 'one month',
      queries: times(text, () => ({ since: '2026-02-01T00:00:00Z', until: '2026-03-01T00:00:00Z' })),
    },
    // Words of which memory holds the newest rows only, and filters that old rows pass: in one place, everywhere.
    {
      name: 'most common words, one old session',
      queries: times(mostCommon, () => ({ session_id: `session-${1 + Math.floor(random() * 50)}` })),
    },
    {
      name: 'most common words, one project',
      queries: times(mostCommon, () => ({ project_id: `project-${1 + Math.floor(random() * 50)}` })),
    },
    { name: 'most common words, one type', queries: times(mostCommon, () => ({ types: ['research'] })) },
    {
      name: 'most common words, one file',
      queries: times(mostCommon, () => ({ file: pick(files).split('/').slice(-2).join('/') })),
    },
    {
      name: 'filters alone',
      queries: times(
        () => '',
        () => ({ tools: ['Edit'] }),
      ),
    },
    { name: '10,000 characters', queries: times(() => several(2_000, names).slice(0, 10_000)) },
  ];
}
