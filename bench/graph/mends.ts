import { createNearRows } from '../../src/main/memory/graph/near-rows.ts';
import { mostGraph } from '../../src/main/search/graph-boost.ts';
import { createSearcher } from '../../src/main/search/searcher.ts';
import { openReadable } from '../../src/main/store/database.ts';
import { seededRandom } from '../lib/seeded-random.ts';
import { makeCorpus, type CorpusRow } from '../search/corpus.ts';
import { createMemoryFile } from '../search/memory-file.ts';
import { buildGraph } from './build-graph.ts';

export interface MendResult {
  /** What the graph may add to a score at most. */
  most: number;
  recall_5: number;
  mrr_10: number;
}

const planted = 200;
const strengths = [0, 0.01, 0.03, mostGraph, 0.12];

/**
 * Who looks for an error, wants its mend. Plants failures that a change mended among generated rows of the same words, asks for
 * the words of each error, and tells where the change stands, for several strengths of the boost.
 */
export function measureMends(rows: number, seed: number): MendResult[] {
  const memory = createMemoryFile();
  try {
    const noise = [...makeCorpus(rows, seed)];
    memory.add(noise);
    const { rows: fixes, questions } = plant(noise, seed);
    memory.add(fixes);
    buildGraph(memory.db);
    const { db, close } = openReadable(memory.file);
    const find = createNearRows(db);
    const results = strengths.map((most) => {
      const searcher = createSearcher(
        db,
        () => new Float32Array(0),
        (text, best) => {
          const near = [...find(text, best)];
          return new Map(near.map(([pk, row]) => [pk, { ...row, strength: (row.strength * most) / mostGraph }]));
        },
      );
      let [found, reciprocal] = [0, 0];
      for (const { text, session } of questions) {
        const { hits } = searcher.search({
          text,
          filters: {},
          mode: 'lexical',
          fusion: 'mass',
          limit: 10,
          vector: 'off',
        });
        const rank = hits.findIndex(
          ({ observation }) => observation.type === 'change' && observation.session_id === `session-${session + 1}`,
        );
        if (rank >= 0) reciprocal += 1 / (rank + 1);
        if (rank >= 0 && rank < 5) found++;
      }
      return { most, recall_5: found / questions.length, mrr_10: reciprocal / questions.length };
    });
    close();
    return results;
  } finally {
    memory.remove();
  }
}

function plant(noise: readonly CorpusRow[], seed: number) {
  const random = seededRandom(seed + 9);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  // As often as they are written: an error is put in the words that everything else is put in.
  const words = noise.flatMap((row) => row.title.match(/[a-z]{4,12}/g) ?? []);
  const last = noise.at(-1);
  const at = last?.occurredAt ?? 0;
  const fixes: CorpusRow[] = [];
  const questions: { text: string; session: number }[] = [];
  for (let index = 0; index < planted; index++) {
    const session = (last?.session ?? 0) + 1 + index;
    const said = [pick(words), pick(words), pick(words), pick(words)];
    const text = `${pick(['TypeError', 'ConfigError', 'ENOENT', 'error'])}: ${said.join(' ')}`;
    const row = (part: Partial<CorpusRow>, place: number): CorpusRow => ({
      session,
      project: session % 50,
      type: 'command',
      tool: 'Bash',
      title: `npm run ${pick(words)}`,
      subtitle: null,
      facts: [],
      narrative: null,
      concepts: [],
      files_read: [],
      files_changed: [],
      failed: false,
      occurredAt: at + index * 10_000 + place * 1_000,
      ...part,
    });
    const title = `npm run check-${index}`;
    const others = Array.from({ length: 4 }, (_, place) =>
      row({ ...pick(noise), session, project: session % 50 }, place),
    );
    const file = `/home/dev/work/src/${pick(words)}-${index}.ts`;
    fixes.push(
      ...others.slice(0, 2),
      row({ title, failed: true, subtitle: `Exit code 1 · ${text}`, narrative: text }, 4),
      ...others.slice(2).map((other) => ({ ...other, files_changed: [], type: 'discovery' })),
      // The mend shares one word with what it mends, as it mostly does.
      row(
        { type: 'change', tool: 'Edit', title: file, files_changed: [file], facts: [`+ ${pick(said)} ${pick(words)}`] },
        7,
      ),
      row({ title }, 8),
    );
    questions.push({ text: said.slice(0, 2).join(' '), session });
  }
  return { rows: fixes, questions };
}
