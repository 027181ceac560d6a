import type { ReadableDb } from '../database.ts';

/** What is written out, in this order; each line of the file says which of them it is. */
export const exportedKinds = ['session', 'summary', 'learning', 'memory', 'observation'] as const;
export type ExportedKind = (typeof exportedKinds)[number];

export interface ExportPage {
  /** Lines of JSON, each ended by a newline. */
  text: string;
  count: number;
  /** Give it back as `after`; null when nothing is left. */
  next: number | null;
}

/** Milliseconds since 1970 as ISO 8601. */
const iso = (column: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000.0, 'unixepoch')`;

/** One JSON object a row, made by SQLite, so that no row has to be taken apart and put together again. */
const lines: Record<ExportedKind, { table: string; json: string; from: string }> = {
  session: {
    table: 'sessions',
    from: 'FROM sessions t JOIN projects p ON p.pk = t.project_pk',
    json: `'id', t.id, 'project', p.name, 'project_root', p.root, 'agent', t.agent, 'cwd', t.cwd, 'branch', t.branch,
      'model', t.model, 'title', t.title, 'conclusion', t.conclusion, 'status', t.status, 'started_at', ${iso('t.started_at')},
      'ended_at', ${iso('t.ended_at')}, 'prompts', t.prompt_count, 'observations', t.observation_count`,
  },
  summary: {
    table: 'summaries',
    from: `FROM summaries t JOIN projects p ON p.pk = t.project_pk LEFT JOIN sessions s ON s.pk = t.session_pk`,
    json: `'id', t.id, 'scope', t.scope, 'project', p.name, 'session_id', s.id, 'prompt_id', t.prompt_id, 'week', t.week,
      'version', t.version, 'is_current', json(iif(t.is_current, 'true', 'false')), 'source', t.source, 'model', t.model,
      'title', t.title, 'content', json(t.content), 'occurred_at', ${iso('t.occurred_at')}, 'created_at', ${iso('t.created_at')}`,
  },
  learning: {
    table: 'learnings',
    from: 'FROM learnings t LEFT JOIN projects p ON p.pk = t.project_pk',
    json: `'id', t.id, 'category', t.category, 'statement', t.statement, 'detail', t.detail, 'tags', json(t.tags),
      'scope', t.scope, 'project', p.name, 'path', t.path, 'state', t.state, 'confidence', t.confidence, 'source', t.source,
      'pinned', json(iif(t.pinned, 'true', 'false')), 'note', t.note, 'created_at', ${iso('t.created_at')},
      'decided_at', ${iso('t.decided_at')}, 'evidence', json((
        SELECT json_group_array(json_object('role', e.role, 'quote', e.quote, 'observation_id', o.id, 'session_id', s.id,
          'occurred_at', ${iso('e.occurred_at')}))
        FROM learning_evidence e LEFT JOIN observations o ON o.pk = e.observation_pk LEFT JOIN sessions s ON s.pk = e.session_pk
        WHERE e.learning_pk = t.pk))`,
  },
  memory: {
    table: 'memories',
    // What a person let forget is not carried into a file that nothing is erased from.
    from: 'FROM (SELECT * FROM memories WHERE forgotten_at IS NULL) t LEFT JOIN projects p ON p.pk = t.project_pk',
    json: `'id', t.id, 'type', t.type, 'project', p.name, 'expires_at', ${iso('t.expires_at')},
      'archived_at', ${iso('t.archived_at')}, 'created_at', ${iso('t.created_at')},
      'versions', json((
        SELECT json_group_array(json_object('version', v.version, 'text', v.text, 'tags', json(v.tags),
          'metadata', json(v.metadata), 'importance', v.importance, 'valid_from', ${iso('v.valid_from')},
          'valid_to', ${iso('v.valid_to')}))
        FROM memory_versions v WHERE v.memory_pk = t.pk))`,
  },
  observation: {
    table: 'observations',
    from: 'FROM observations t JOIN projects p ON p.pk = t.project_pk JOIN sessions s ON s.pk = t.session_pk',
    json: `'id', t.id, 'project', p.name, 'session_id', s.id, 'type', t.type, 'tool', t.tool, 'title', t.title,
      'subtitle', t.subtitle, 'facts', json(t.facts), 'narrative', t.narrative, 'concepts', json(t.concepts),
      'files_read', json(t.files_read), 'files_changed', json(t.files_changed), 'importance', t.importance,
      'failed', json(iif(t.failed, 'true', 'false')), 'occurred_at', ${iso('t.occurred_at')}`,
  },
};

/** Reads what a person takes along, page by page. */
export function createExportReader(db: ReadableDb) {
  const prepare = (kind: ExportedKind) => {
    const { json, from } = lines[kind];
    return db.prepare<[number, number], { pk: number; line: string }>(
      `SELECT t.pk, json_object('kind', '${kind}', ${json}) AS line ${from} WHERE t.pk > ? ORDER BY t.pk LIMIT ?`,
    );
  };
  const total = db.prepare<[], { total: number }>(
    `SELECT ${exportedKinds.map((kind) => `(SELECT COUNT(*) FROM ${lines[kind].table})`).join(' + ')} AS total`,
  );
  const statements = new Map<ExportedKind, ReturnType<typeof prepare>>();
  return {
    page({ kind, after, limit }: { kind: ExportedKind; after: number; limit: number }): ExportPage {
      const statement = statements.get(kind) ?? prepare(kind);
      statements.set(kind, statement);
      const rows = statement.all(after, limit);
      const next = rows.length < limit ? null : (rows.at(-1)?.pk ?? null);
      return { text: rows.map(({ line }) => `${line}\n`).join(''), count: rows.length, next };
    },
    total: (): number => total.get()?.total ?? 0,
  };
}
