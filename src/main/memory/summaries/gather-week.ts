import type { ReadableDb } from '../../store/database.ts';
import { summaryContent } from '../../store/tables/summary-rows.ts';
import { unwantedSession } from '../unwanted.ts';
import type { WeekFacts } from './summarise-week.ts';
import { weekRange } from '../../../shared/weeks.ts';

interface SessionRow {
  content: string;
  observation_count: number;
}

/** A week with more sessions is told by those in which most was done. */
const mostSessions = 200;

export interface GatheredWeek {
  projectName: string;
  from: number;
  facts: WeekFacts;
}

/** Reads the current summaries of a project's sessions that were at work in a week; null for what is no Monday, or no project. */
export function createWeekGatherer(db: ReadableDb) {
  const project = db.prepare<[number], { name: string }>('SELECT name FROM projects WHERE pk = ?');
  const sessions = db.prepare<[number, number, number], SessionRow>(`
    SELECT content, observation_count FROM (
      SELECT u.content, s.observation_count, s.started_at, s.pk FROM sessions s
      JOIN summaries u ON u.subject = 'session:' || s.pk AND u.is_current = 1
      WHERE s.project_pk = ? AND s.last_event_at >= ? AND s.started_at < ? AND NOT ${unwantedSession('s.pk')}
      ORDER BY s.observation_count DESC, s.started_at, s.pk LIMIT ${mostSessions}
    ) ORDER BY started_at, pk`);
  return (projectPk: number, week: string): GatheredWeek | null => {
    const range = weekRange(week);
    const name = project.get(projectPk)?.name;
    if (range === null || name === undefined) return null;
    const rows = sessions.all(projectPk, range.from, range.until);
    const told = rows.map((row) => ({ content: summaryContent(row.content), weight: row.observation_count }));
    return { projectName: name, from: range.from, facts: { week, sessions: told } };
  };
}
