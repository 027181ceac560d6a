import { createContextBuilder } from '../../src/main/memory/context/builder.ts';
import { createFileHistory } from '../../src/main/memory/file-history/file-history.ts';
import { openReadable, type WritableDb } from '../../src/main/store/database.ts';
import { percentile } from '../lib/figure.ts';
import { makeCorpus } from '../search/corpus.ts';
import { createMemoryFile } from '../search/memory-file.ts';

export interface BuildTime {
  what: string;
  rows_of_project: number;
  first_ms: number;
  p50_ms: number;
  p95_ms: number;
}

const rounds = 40;

/** Milliseconds of building what is handed back, on a generated memory whose rows are a few projects' with their prompts and answers. */
export function measureBuildTime(rows: number, seed: number): BuildTime[] {
  const memory = createMemoryFile();
  try {
    // A busy project of half the memory, and the others.
    memory.add(withProjects(makeCorpus(rows, seed)));
    addTurns(memory.db);
    const files = memory.db
      .prepare<[], { path: string }>(`SELECT f.path FROM files f JOIN observation_files l ON l.file_pk = f.pk
        GROUP BY f.pk ORDER BY COUNT(*) DESC LIMIT 40`)
      .all();
    const count = memory.db
      .prepare<[], { count: number }>('SELECT COUNT(*) AS count FROM observations WHERE project_pk = 1')
      .get();
    const { db, close } = openReadable(memory.file);
    const builder = createContextBuilder(db);
    const history = createFileHistory(db);
    const asking = db
      .prepare<[], { pk: number }>('SELECT pk FROM sessions WHERE project_pk = 1 ORDER BY last_event_at DESC LIMIT 1')
      .get();
    const sessionPk = asking?.pk ?? null;
    const kinds = (['startup', 'clear', 'compact', 'resume'] as const).map((kind) => ({
      what: kind,
      run: () => builder.build({ kind, projectPk: 1, sessionPk, budgetTokens: 1_500 }),
    }));
    const runs = [
      ...kinds,
      {
        what: 'file, the most used',
        run: (round: number) =>
          history.build({ projectPk: 1, sessionPk: null, agentId: null, file: files[round]?.path ?? '' }),
      },
      {
        what: 'file, never seen',
        run: () => history.build({ projectPk: 1, sessionPk: null, agentId: null, file: '/never/seen.ts' }),
      },
    ];
    const measured = runs.map(({ what, run }) => {
      const samples = Array.from({ length: rounds }, (_, round) => {
        const startedAt = performance.now();
        run(round);
        return performance.now() - startedAt;
      });
      const rounded = (value: number) => Math.round(value * 100) / 100;
      return {
        what,
        rows_of_project: count?.count ?? 0,
        first_ms: rounded(samples[0] ?? 0),
        p50_ms: rounded(percentile(samples, 0.5)),
        p95_ms: rounded(percentile(samples, 0.95)),
      };
    });
    close();
    return measured;
  } finally {
    memory.remove();
  }
}

function* withProjects(
  rows: ReturnType<typeof makeCorpus>,
): Generator<typeof rows extends Generator<infer Row> ? Row : never> {
  for (const row of rows) yield { ...row, project: row.session % 2 === 0 ? 0 : row.project };
}

/** Four prompts with answers a session, and the sessions' last events where their rows end. */
function addTurns(db: WritableDb): void {
  db.exec(`
    CREATE INDEX bench_last ON observations (session_pk, occurred_at);
    UPDATE sessions SET last_event_at = (SELECT MAX(occurred_at) FROM observations o WHERE o.session_pk = sessions.pk),
      branch = 'main', cwd = '/', conclusion = 'The answer of the session.';
    DROP INDEX bench_last;
    INSERT INTO prompts (id, session_pk, event_pk, prompt_id, text, occurred_at)
      SELECT 'prompt-' || pk, session_pk, event_pk, 'turn-' || pk, 'Do what the title says: ' || title, occurred_at
      FROM observations WHERE pk % 5 = 0;
    INSERT INTO messages (id, session_pk, event_pk, prompt_id, role, is_final, text, occurred_at)
      SELECT 'message-' || pk, session_pk, event_pk, 'turn-' || pk, 'assistant', 1, 'It is done: ' || title, occurred_at + 1
      FROM observations WHERE pk % 5 = 0;
    UPDATE observations SET prompt_id = 'turn-' || (pk - pk % 5);
    ANALYZE;
  `);
}
