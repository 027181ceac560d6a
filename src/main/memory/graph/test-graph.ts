import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseHookBody } from '../../capture/hook-payload.ts';
import { createLedger } from '../../capture/ledger.ts';
import { createLexicalIndex } from '../../search/lexical-index.ts';
import { createEmbeddingWriter } from '../../store/tables/embeddings.ts';
import { createObservationEraser } from '../../store/tables/erase-observations.ts';
import { createGraphWriter } from '../../store/tables/graph-writer.ts';
import { temporaryStore } from '../../store/testing/temporary-store.ts';
import { observe } from '../observe.ts';
import { createSessionChanges } from './session-change.ts';

const recorded = resolve(import.meta.dirname, '../../../../e2e/fixtures/recorded');

/** A memory that is filled by hooks through the real parser and ledger, and its graph. */
export function createTestGraph() {
  const store = temporaryStore();
  const { writable: db } = store;
  const index = createLexicalIndex(db);
  const ledger = createLedger(db, {
    observe,
    index,
    onFault(fault) {
      throw fault;
    },
  });
  const eraser = createObservationEraser(db, index, createEmbeddingWriter(db));
  const writer = createGraphWriter(db);
  const changes = createSessionChanges(db);
  const sessions = db.prepare<[], number>('SELECT pk FROM sessions ORDER BY pk').pluck();
  let clock = Date.parse('2026-11-20T08:00:00Z');
  let calls = 0;

  function post(body: object): void {
    clock += 1_000;
    const text = JSON.stringify(body);
    db.transaction(() => {
      for (const event of parseHookBody(text, text.length, clock).events) ledger.apply(event);
      ledger.flush();
    })();
  }

  function tool(session: string, name: string, input: object, error?: string, cwd = '/home/dev/shop'): void {
    const outcome =
      error === undefined
        ? { hook_event_name: 'PostToolUse', tool_response: { stdout: 'ok' } }
        : { hook_event_name: 'PostToolUseFailure', error };
    const call = { session_id: session, cwd, tool_use_id: `call ${++calls}`, tool_name: name, tool_input: input };
    post({ ...call, ...outcome });
  }

  const graph = `
    SELECT e.id || ' ' || e.kind || ' ' || e.key || ' ' || coalesce(e.project_pk, 0) || ' ' || e.mentions AS line FROM entities e
    UNION ALL SELECT 'mention ' || e.id || ' ' || m.observation_pk || ' ' || m.session_pk
      FROM entity_mentions m JOIN entities e ON e.pk = m.entity_pk
    UNION ALL SELECT 'learning ' || e.id || ' ' || m.learning_pk FROM learning_mentions m JOIN entities e ON e.pk = m.entity_pk
    UNION ALL SELECT 'relation ' || f.id || ' ' || r.type || ' ' || t.id || ' ' || r.evidence_count
      FROM relations r JOIN entities f ON f.pk = r.from_pk JOIN entities t ON t.pk = r.to_pk
    UNION ALL SELECT 'evidence ' || f.id || ' ' || r.type || ' ' || t.id || ' ' || v.observation_pk || ' ' || v.source
      FROM relation_evidence v JOIN relations r ON r.pk = v.relation_pk JOIN entities f ON f.pk = r.from_pk
        JOIN entities t ON t.pk = r.to_pk
    UNION ALL SELECT 'conflict ' || f.id || ' ' || t.id || ' ' || c.one_pk || ' ' || c.other_pk
      FROM relation_conflicts c JOIN relations r ON r.pk = c.relation_pk JOIN entities f ON f.pk = r.from_pk
        JOIN entities t ON t.pk = r.to_pk
    ORDER BY line`;
  const lines = db.prepare<[], string>(graph).pluck();
  const relations = db
    .prepare<[], string>(
      `SELECT f.kind || ' ' || f.key || ' ' || r.type || ' ' || t.kind || ' ' || t.key FROM relations r
       JOIN entities f ON f.pk = r.from_pk JOIN entities t ON t.pk = r.to_pk ORDER BY 1`,
    )
    .pluck();

  return {
    ...store,
    eraser,
    writer,
    changes,
    post,
    tool,
    replayRecorded(): void {
      for (const file of readdirSync(recorded).filter((name) => name.endsWith('.hooks.jsonl'))) {
        for (const line of readFileSync(join(recorded, file), 'utf8').split('\n')) {
          if (line !== '') post(JSON.parse(line) as object);
        }
      }
    },
    sessions: (): number[] => sessions.all(),
    /** Brings the graph of one session up to date; answers whether anything had to change. */
    read(sessionPk: number): boolean {
      const change = changes.of(sessionPk);
      const { mentions, relations: related, withdrawn } = change;
      db.transaction(() => writer.putSession(sessionPk, change))();
      return mentions.length + related.length + withdrawn.mentions.length + withdrawn.evidence.length > 0;
    },
    readStale(): void {
      for (const session of changes.stale(1_000_000)) this.read(session);
    },
    /** Everything that the graph says, one line a fact, without pks of its own. */
    lines: (): string[] => lines.all(),
    relations: (): string[] => relations.all(),
    /** Throws the graph away and makes it again. */
    rebuild(): void {
      db.exec('DELETE FROM entities; DELETE FROM relations; DELETE FROM graph_sessions;');
      this.readStale();
    },
  };
}

export type TestGraph = ReturnType<typeof createTestGraph>;
