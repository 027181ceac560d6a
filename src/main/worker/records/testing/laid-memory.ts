import { tellSession, type RecordMemory } from './record-memory.ts';

/** Rows of every table that speaks of sessions, as far as a restore brings them back, by ids and not by numbers. */
export function told(memory: RecordMemory): Record<string, unknown[]> {
  const all = (sql: string) => memory.db.prepare<[], object>(sql).all();
  const observation = '(SELECT id FROM observations WHERE pk = x.observation_pk) AS observation';
  const session = '(SELECT id FROM sessions WHERE pk = x.session_pk) AS session';
  return {
    sessions: all(
      'SELECT id, title, status, prompt_count, observation_count, failure_count, conclusion FROM sessions ORDER BY id',
    ),
    events: all(`SELECT hex(event_key) AS key, name, payload, ${session} FROM events x ORDER BY key`),
    prompts: all(`SELECT id, text, ${session} FROM prompts x ORDER BY id`),
    messages: all(`SELECT id, text, ${session} FROM messages x ORDER BY id`),
    observations: all(
      `SELECT id, title, narrative, files_changed, term_count, ${session} FROM observations x ORDER BY id`,
    ),
    files: all(`SELECT path, ${observation} FROM observation_files x JOIN files f ON f.pk = x.file_pk ORDER BY 1, 2`),
    tags: all(`SELECT name, ${observation} FROM observation_tags x JOIN tags t ON t.pk = x.tag_pk ORDER BY 1, 2`),
    marks: all(`SELECT mark, ${observation} FROM observation_marks x ORDER BY 2`),
    sessionMarks: all(`SELECT mark, ${session} FROM session_marks x ORDER BY 2`),
    corrections: all(`SELECT change, ${observation} FROM observation_corrections x ORDER BY 2`),
    uses: all(`SELECT count, ${observation} FROM observation_uses x ORDER BY 2`),
    summaries: all(
      `SELECT x.id, scope, version, is_current, title, subject = scope || ':' || x.session_pk || COALESCE(':' || x.prompt_id, '') AS named,
         ${session} FROM summaries x WHERE scope <> 'week' ORDER BY id`,
    ),
    learnings: all('SELECT id, statement, detail, tags, state, superseded_by FROM learnings ORDER BY id'),
    evidence: all(
      `SELECT quote, role, ${observation}, ${session}, (SELECT id FROM learnings WHERE pk = x.learning_pk) AS learning
       FROM learning_evidence x ORDER BY 1`,
    ),
    origins: all(
      'SELECT origin, (SELECT id FROM learnings WHERE pk = learning_pk) AS learning FROM learning_origins ORDER BY 1',
    ),
    changes: all('SELECT batch_id, before, after FROM learning_changes ORDER BY pk'),
    injections: all(`SELECT id, text, ${session} FROM injections x ORDER BY id`),
    lines: all(
      `SELECT text, ${observation}, (SELECT id FROM sessions WHERE pk = x.told_session_pk) AS told FROM injection_lines x ORDER BY 1`,
    ),
  };
}

type SummaryRest = [promptId: string | null, week: string | null, version: number, isCurrent: number, title: string];
const emptySummary = {
  language: 'en',
  request: '',
  investigated: [],
  done: [],
  learned: [],
  open_ends: [],
  key_points: [],
  files: [],
  commands: [],
};

/** What other parts of the memory make of sessions: summaries, beliefs, what was handed to agents. */
export function layUnderstanding(memory: RecordMemory, session: string, word: string): void {
  const { db } = memory;
  const number = (sql: string) => db.prepare<[string], number>(sql).pluck().get(session) ?? 0;
  const pk = number('SELECT pk FROM sessions WHERE id = ?');
  const observation = number('SELECT o.pk FROM observations o JOIN sessions s ON s.pk = o.session_pk WHERE s.id = ?');
  const other = db.prepare<[], number>(`SELECT pk FROM sessions WHERE id = 'other'`).pluck().get() ?? 0;
  const summary = db.prepare(`
    INSERT INTO summaries (id, subject, scope, project_pk, session_pk, prompt_id, week, version, is_current, source, input_hash, title,
      content, occurred_at, created_at)
    VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, 'extractive', x'00', ?, ?, (SELECT last_event_at FROM sessions WHERE pk = ${pk}), 1)`);
  const summarise = (id: string, subject: string, scope: string, sessionPk: number | null, ...rest: SummaryRest) => {
    const [promptId, week, version, isCurrent, title] = rest;
    const content = { ...emptySummary, title };
    summary.run(id, subject, scope, sessionPk, promptId, week, version, isCurrent, title, JSON.stringify(content));
  };
  summarise(`${session}-s1`, `session:${pk}`, 'session', pk, null, null, 1, 0, `Old ${word}`);
  summarise(`${session}-s2`, `session:${pk}`, 'session', pk, null, null, 2, 1, `The ${word} was mended`);
  summarise(`${session}-t`, `turn:${pk}:${session}-p`, 'turn', pk, `${session}-p`, null, 1, 1, `Turn ${word}`);
  summarise(`${session}-t2`, `turn:${pk}:later`, 'turn', pk, 'later', null, 1, 1, 'Another turn');
  summarise(`${session}-w`, `week:1:${session}`, 'week', null, null, '2026-11-16', 1, 1, `Week of ${word}`);
  db.exec(`
    INSERT INTO learnings (id, category, statement, detail, tags, language, scope, project_pk, state, confidence, source, origin, created_at, updated_at)
    VALUES ('${session}-only', 'fix', 'Stop the ${word} first', 'It said ${word}', '["queue"]', 'en', 'project', 1, 'proposed', 0.5, 'fix', 'fix:${session}', 1, 1),
      ('${session}-sure', 'fix', 'Lock the queue', 'It said ${word}', '["queue"]', 'en', 'project', 1, 'approved', 0.9, 'fix', 'fix:${session}-2', 1, 1),
      ('${session}-older', 'fix', 'Something older', NULL, '[]', 'en', 'project', 1, 'superseded', 0.9, 'person', 'said:${session}', 1, 1);
    UPDATE learnings SET superseded_by = (SELECT pk FROM learnings WHERE id = '${session}-only') WHERE id = '${session}-older';
    INSERT INTO learning_origins SELECT origin, pk, 1 FROM learnings WHERE id IN ('${session}-only', '${session}-sure');
    INSERT INTO learning_evidence (learning_pk, role, quote, observation_pk, session_pk, occurred_at)
      SELECT pk, 'supports', '${word} was locked ' || id, ${observation}, ${pk}, 1 FROM learnings
      WHERE id IN ('${session}-only', '${session}-sure');
    INSERT INTO learning_changes (batch_id, learning_pk, action, actor, before, after, changed_at)
      SELECT '${session}', pk, 'created', 'job', NULL, '{"quote":"${word}"}', 1 FROM learnings WHERE id = '${session}-sure';
    INSERT INTO learning_change_sources SELECT ${observation}, pk FROM learning_changes WHERE batch_id = '${session}';
    INSERT INTO injections (id, session_pk, kind, text, tokens, budget_tokens, occurred_at)
      VALUES ('${session}-i', ${other}, 'startup', 'Once ${word} was mended', 1, 9, 5), ('${session}-j', ${pk}, 'startup', 'Of others', 1, 9, 5);
    INSERT INTO injection_lines (injection_pk, position, section, reason, text, value, tokens, observation_pk, told_session_pk)
      SELECT pk, 1, 'x', 'y', 'Once ${word} was mended', 1, 1, ${observation}, NULL FROM injections WHERE id = '${session}-i'
      UNION ALL SELECT pk, 2, 'x', 'y', 'In ${session}', 1, 1, NULL, ${pk} FROM injections WHERE id = '${session}-i'
      UNION ALL SELECT pk, 1, 'x', 'y', 'Of the other one', 1, 1,
        (SELECT pk FROM observations WHERE session_pk = ${other} LIMIT 1), ${other} FROM injections WHERE id = '${session}-j';`);
}

const tables = (memory: RecordMemory): string[] =>
  memory.db
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`,
    )
    .pluck()
    .all();

/** Tables in which a row says the word, besides those that keep what was deleted. */
export function saying(memory: RecordMemory, word: string): string[] {
  return tables(memory).filter(
    (table) =>
      !['deletions', 'deleted_rows', 'held_events'].includes(table) &&
      memory.db
        .prepare<[], object>(`SELECT * FROM ${table}`)
        .all()
        .some((row) => JSON.stringify(row).toLowerCase().includes(word)),
  );
}

/** Two sessions, and all that a memory makes of one of them. */
export function lay(memory: RecordMemory): string {
  tellSession(memory, 'other', 'harbour');
  tellSession(memory, 'mine', 'marzipan');
  layUnderstanding(memory, 'mine', 'marzipan');
  const observation = memory.read.timeline({ session_id: 'mine', limit: 1 }).data[0]?.id ?? '';
  memory.call('recordsCorrect', { id: observation, change: { title: 'Marzipan queue, corrected' }, at: Date.now() });
  memory.db.exec(`
    INSERT INTO observation_marks SELECT pk, 'pinned', 1 FROM observations WHERE id = '${observation}';
    INSERT INTO session_marks SELECT pk, 'pinned', 1 FROM sessions WHERE id = 'mine'`);
  return observation;
}
