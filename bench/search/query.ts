import { openReadable } from '../../src/main/store/database.ts';
import { createObservationTable } from '../../src/main/search/observation-table.ts';
import { createQueryCompiler } from '../../src/main/search/query/compile-query.ts';
import { createSpelling } from '../../src/main/search/suggest/spelling.ts';
import { createSuggester } from '../../src/main/search/suggest/suggester.ts';
import { makeCorpus } from './corpus.ts';
import { createMemoryFile } from './memory-file.ts';

/**
 * What a query costs before anything is ranked, and what completion and spelling cost:
 * `node bench/search/query.ts --rows 100000`. Prints a table and, as its last line, JSON.
 */
const rows = Number(process.argv[process.argv.indexOf('--rows') + 1]) || 100_000;
const rounds = 5;

const queries = [
  'yesterday',
  'type:change is:failed',
  'project:"project 1"',
  'file:src/file/file-test.ts',
  'tag:config',
  '"file test"',
  '"error run" type:command',
  '"数据库用户"',
  '-test',
  '-"file test"',
];
const typed = [
  'pro',
  'co',
  'con',
  'conf',
  'server_e',
  'dead',
  'file:ser',
  'type:c',
  'tag:co',
  '数据',
  '修复数据',
  'since:la',
];
const slips = ['databse', 'timout', 'migartion', 'certifcate', 'deadlok', 'xyzzyqq'];

interface Figure {
  name: string;
  first: number;
  p50: number;
  p95: number;
}

function measure(name: string, texts: readonly string[], run: (text: string) => unknown): Figure[] {
  const spent = (text: string): number => {
    const startedAt = performance.now();
    run(text);
    return performance.now() - startedAt;
  };
  return texts.map((text) => {
    const first = spent(text);
    const later = Array.from({ length: rounds }, () => spent(text)).toSorted((one, other) => one - other);
    const at = (part: number) => later[Math.min(rounds - 1, Math.floor(part * rounds))] ?? 0;
    return { name: `${name} ${text}`, first, p50: at(0.5), p95: at(0.95) };
  });
}

const memory = createMemoryFile();
memory.add(makeCorpus(rows, 7));
const { db, close } = openReadable(memory.file);
const table = createObservationTable(db);
table.catchUp();
const compiler = createQueryCompiler(db, table);
const suggester = createSuggester(db);
const spelling = createSpelling(db);
suggester.suggest({ text: 'x', limit: 8 });
const figures = [
  ...measure('compile', queries, (text) => compiler.compile({ text, filters: {} })),
  ...measure('suggest', typed, (text) => suggester.suggest({ text, limit: 8 })),
  ...measure('spelling', slips, (text) => spelling.suggest(text, [text])),
];
close();
memory.remove();
const two = (value: number) => value.toFixed(1).padStart(8);
console.log(`${'ms at'.padEnd(26)} ${rows} rows\n${''.padEnd(32)}   first     p50     p95`);
for (const { name, first, p50, p95 } of figures) console.log(name.padEnd(32) + two(first) + two(p50) + two(p95));
console.log(JSON.stringify({ rows, figures }));
