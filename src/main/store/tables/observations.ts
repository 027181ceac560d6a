import type { WritableDb } from '../database.ts';

export interface ObservationRecord {
  id: string;
  sessionPk: number;
  projectPk: number;
  eventPk: number;
  type: string;
  tool: string | null;
  agentId: string | null;
  promptId: string | null;
  title: string;
  subtitle: string | null;
  facts: string[];
  narrative: string | null;
  concepts: string[];
  filesRead: string[];
  filesChanged: string[];
  importance: number;
  failed: boolean;
  durationMs: number | null;
  occurredAt: number;
  termCount: number;
  revision: number;
}

interface KnownRow {
  pk: number;
  id: string;
  failed: number;
}

/** One observation for each event that makes one, with its files; the index of their texts is the caller's to keep in step. */
export function createObservationWriter(db: WritableDb) {
  const find = db.prepare<[number], KnownRow>('SELECT pk, id, failed FROM observations WHERE event_pk = ?');
  const insert = db.prepare(`
    INSERT INTO observations (id, session_pk, project_pk, event_pk, type, tool, agent_id, prompt_id, title, subtitle,
      facts, narrative, concepts, files_read, files_changed, importance, failed, duration_ms, occurred_at, term_count, revision)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const replace = db.prepare(`
    UPDATE observations SET type = @type, tool = @tool, agent_id = COALESCE(@agentId, agent_id),
      prompt_id = COALESCE(@promptId, prompt_id), title = @title, subtitle = @subtitle, facts = @facts,
      narrative = @narrative, concepts = @concepts, files_read = @filesRead, files_changed = @filesChanged,
      importance = @importance, failed = @failed, duration_ms = @durationMs, occurred_at = @occurredAt, revision = @revision
    WHERE pk = @pk`);
  const setTermCount = db.prepare<[number, number]>('UPDATE observations SET term_count = ? WHERE pk = ?');
  const move = db.prepare<[number, number, number]>(
    'UPDATE observations SET occurred_at = ?, revision = ? WHERE pk = ?',
  );
  const findFile = db.prepare<[string], { pk: number }>('SELECT pk FROM files WHERE path = ?');
  const addFile = db.prepare<[string]>('INSERT INTO files (path) VALUES (?)');
  const link = db.prepare<[number, number]>(
    'INSERT OR IGNORE INTO observation_files (file_pk, observation_pk) VALUES (?, ?)',
  );
  const unlink = db.prepare<[number]>('DELETE FROM observation_files WHERE observation_pk = ?');

  function linkFiles(pk: number, record: ObservationRecord): void {
    for (const path of [...record.filesRead, ...record.filesChanged]) {
      const file = findFile.get(path)?.pk ?? Number(addFile.run(path).lastInsertRowid);
      link.run(file, pk);
    }
  }

  return {
    findByEvent: (eventPk: number) => find.get(eventPk) ?? null,
    insert(record: ObservationRecord): number {
      const pk = Number(insert.run(...toValues(record)).lastInsertRowid);
      linkFiles(pk, record);
      return pk;
    },
    replace(pk: number, record: ObservationRecord): void {
      replace.run({ ...toRow(record), pk });
      unlink.run(pk);
      linkFiles(pk, record);
    },
    setTermCount: (pk: number, termCount: number) => void setTermCount.run(termCount, pk),
    move: (pk: number, occurredAt: number, revision: number) => void move.run(occurredAt, revision, pk),
  };
}

/** In the order of the insert's columns. */
function toValues(record: ObservationRecord) {
  const row = toRow(record);
  return [
    row.id,
    row.sessionPk,
    row.projectPk,
    row.eventPk,
    row.type,
    row.tool,
    row.agentId,
    row.promptId,
    row.title,
    row.subtitle,
    row.facts,
    row.narrative,
    row.concepts,
    row.filesRead,
    row.filesChanged,
    row.importance,
    row.failed,
    row.durationMs,
    row.occurredAt,
    row.termCount,
    row.revision,
  ];
}

function toRow(record: ObservationRecord) {
  return {
    ...record,
    facts: JSON.stringify(record.facts),
    concepts: JSON.stringify(record.concepts),
    filesRead: JSON.stringify(record.filesRead),
    filesChanged: JSON.stringify(record.filesChanged),
    failed: record.failed ? 1 : 0,
  };
}
