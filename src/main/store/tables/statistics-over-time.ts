import type { ActivityView, StatsOverview } from '../../../shared/stats-views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { isoTimeOrNull } from '../times.ts';

/** What is looked at; every end is left out where it is null. `until` is not in it. */
export interface StatsRange {
  projectPk: number | null;
  since: number;
  until: number;
}

export interface SlotCount {
  /** Times since 1970 divided by the length of a slot. */
  slot: number;
  count: number;
}

interface SessionFigures {
  sessions: number;
  active: number;
  prompts: number;
  observations: number;
  failures: number;
  agents: number;
  first_at: number | null;
  last_at: number | null;
}

const mine = '(@projectPk IS NULL OR project_pk = @projectPk)';
const within = (column: string) => `${mine} AND ${column} >= @since AND ${column} < @until`;

/** Counts of everything and of everything within a time; counted from indexes, or from the counters that sessions carry. */
export function createStatsReader(db: ReadableDb) {
  const projectPk = db.prepare<[string], number>('SELECT pk FROM projects WHERE id = ?').pluck();
  const bySessions = db.prepare<[object], SessionFigures>(`
    SELECT count(*) AS sessions, coalesce(sum(status = 'active'), 0) AS active, coalesce(sum(prompt_count), 0) AS prompts,
      coalesce(sum(observation_count), 0) AS observations, coalesce(sum(failure_count), 0) AS failures,
      count(DISTINCT agent) AS agents, min(started_at) AS first_at, max(last_event_at) AS last_at
    FROM sessions WHERE ${mine}`);
  const allMessages = db.prepare<[], number>('SELECT count(*) FROM messages').pluck();
  const messagesOf = db
    .prepare<[number], number>(
      'SELECT count(*) FROM sessions s JOIN messages m ON m.session_pk = s.pk WHERE s.project_pk = ?',
    )
    .pluck();
  const learnings = db.prepare<[object], { state: string; count: number }>(
    `SELECT state, count(*) AS count FROM learnings WHERE ${mine} GROUP BY state`,
  );
  const counts = {
    summaries: db.prepare<[object], number>(`SELECT count(*) FROM summaries WHERE is_current = 1 AND ${mine}`).pluck(),
    memories: db
      .prepare<[object], number>(
        `SELECT count(*) FROM memories WHERE forgotten_at IS NULL AND archived_at IS NULL AND ${mine}`,
      )
      .pluck(),
    entities: db.prepare<[object], number>(`SELECT count(*) FROM entities WHERE ${mine}`).pluck(),
    projects: db
      .prepare<[object], number>('SELECT count(*) FROM projects WHERE @projectPk IS NULL OR pk = @projectPk')
      .pluck(),
  };
  const programs = db.prepare<[], number>('SELECT count(*) FROM agent_programs').pluck();

  const slotsOf = (table: string, column: string, also = '') =>
    db.prepare<[object], SlotCount>(`
      SELECT ${column} / @slotMs AS slot, count(*) AS count FROM ${table} WHERE ${within(column)} ${also} GROUP BY 1`);
  const slots = {
    observations: slotsOf('observations INDEXED BY observations_by_time', 'occurred_at'),
    sessions: slotsOf('sessions', 'started_at'),
    learnings: slotsOf('learnings', 'created_at'),
    memories: slotsOf('memories', 'created_at', 'AND forgotten_at IS NULL'),
  };
  const before = db
    .prepare<[object], number>(
      `SELECT count(*) FROM observations INDEXED BY observations_by_time WHERE occurred_at < @since AND ${mine}`,
    )
    .pluck();
  const sizes = db.prepare<[number, number], { day: number; bytes: number }>(
    'SELECT day, database_bytes AS bytes FROM stats_snapshots WHERE day >= ? AND day < ? ORDER BY day',
  );

  const groups = 'FROM observations INDEXED BY observations_by_time WHERE';
  const tools = db.prepare<[object], ActivityView['tools'][number]>(`
    SELECT tool, count(*) AS count, sum(failed) AS failure_count ${groups} tool IS NOT NULL AND ${within('occurred_at')}
    GROUP BY tool ORDER BY count DESC, tool`);
  const types = db.prepare<[object], ActivityView['types'][number]>(`
    SELECT type, count(*) AS count ${groups} ${within('occurred_at')} GROUP BY type ORDER BY count DESC, type`);
  const projects = db.prepare<[object], ActivityView['projects'][number]>(`
    SELECT p.id, p.name, o.count FROM (
      SELECT project_pk, count(*) AS count ${groups} ${within('occurred_at')} GROUP BY project_pk
    ) o JOIN projects p ON p.pk = o.project_pk ORDER BY o.count DESC, p.name`);
  const agents = db.prepare<[object], ActivityView['agents'][number]>(`
    SELECT s.agent AS name, sum(o.count) AS count FROM (
      SELECT session_pk, count(*) AS count ${groups} ${within('occurred_at')} GROUP BY session_pk
    ) o JOIN sessions s ON s.pk = o.session_pk GROUP BY s.agent ORDER BY count DESC, s.agent`);

  return {
    projectPk: (id: string): number | null => projectPk.get(id) ?? null,
    overview(scope: { projectPk: number | null }): StatsOverview {
      const bySession = bySessions.get(scope);
      const states = new Map(learnings.all(scope).map(({ state, count }) => [state, count]));
      const pages = Number(db.pragma('page_count', { simple: true }));
      return {
        sessions: bySession?.sessions ?? 0,
        active_sessions: bySession?.active ?? 0,
        prompts: bySession?.prompts ?? 0,
        messages: (scope.projectPk === null ? allMessages.get() : messagesOf.get(scope.projectPk)) ?? 0,
        observations: bySession?.observations ?? 0,
        failures: bySession?.failures ?? 0,
        summaries: counts.summaries.get(scope) ?? 0,
        learnings: {
          proposed: states.get('proposed') ?? 0,
          approved: states.get('approved') ?? 0,
          total: [...states.values()].reduce((sum, count) => sum + count, 0),
        },
        memories: counts.memories.get(scope) ?? 0,
        entities: counts.entities.get(scope) ?? 0,
        projects: counts.projects.get(scope) ?? 0,
        agents: (scope.projectPk === null ? programs.get() : bySession?.agents) ?? 0,
        database_bytes: pages * Number(db.pragma('page_size', { simple: true })),
        first_event_at: isoTimeOrNull(bySession?.first_at ?? null),
        last_event_at: isoTimeOrNull(bySession?.last_at ?? null),
      };
    },
    /** What began within each slot, in any order. */
    slots: (what: keyof typeof slots, range: StatsRange, slotMs: number): SlotCount[] =>
      slots[what].all({ ...range, slotMs }),
    observationsBefore: (range: StatsRange): number => before.get(range) ?? 0,
    /** The size of the file by the beginning of the day that it was measured on, oldest first. */
    sizes: (since: number, until: number) => sizes.all(since, until),
    groups: (range: StatsRange): Omit<ActivityView, 'hours'> => ({
      tools: tools.all(range),
      types: types.all(range),
      projects: projects.all(range),
      agents: agents.all(range),
    }),
  };
}

/** Keeps what cannot be counted later, once a day. */
export function createSnapshotWriter(db: WritableDb) {
  const put = db.prepare<[number, number]>(`
    INSERT INTO stats_snapshots (day, sessions, observations, learnings, memories, database_bytes)
    SELECT ?, (SELECT count(*) FROM sessions), (SELECT count(*) FROM observations), (SELECT count(*) FROM learnings),
      (SELECT count(*) FROM memories WHERE forgotten_at IS NULL), ?
    WHERE true
    ON CONFLICT (day) DO UPDATE SET sessions = excluded.sessions, observations = excluded.observations,
      learnings = excluded.learnings, memories = excluded.memories, database_bytes = excluded.database_bytes`);
  return {
    /** `day`: its beginning; the last one of a day holds. */
    put(day: number): void {
      const pages = Number(db.pragma('page_count', { simple: true }));
      put.run(day, pages * Number(db.pragma('page_size', { simple: true })));
    },
  };
}
