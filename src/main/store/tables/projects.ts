import type { ProjectView } from '../../../shared/views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { newId } from '../ids.ts';
import { isoTime } from '../times.ts';

export interface NewProject {
  aliases: string[];
  name: string;
  root: string;
  remote: string | null;
}

/** Finds or makes the project that answers to one of the aliases, strongest first, and teaches it the others. */
export function createProjectWriter(db: WritableDb) {
  const findAlias = db.prepare<[string], { project_pk: number }>(
    'SELECT project_pk FROM project_aliases WHERE alias = ?',
  );
  const insert = db.prepare<[string, string, string, string | null, number, number]>(
    'INSERT INTO projects (id, name, root, remote, created_at, last_event_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const addAlias = db.prepare<[string, number]>(
    'INSERT OR IGNORE INTO project_aliases (alias, project_pk) VALUES (?, ?)',
  );
  const touch = db.prepare<[number, number]>('UPDATE projects SET last_event_at = MAX(last_event_at, ?) WHERE pk = ?');
  const root = db.prepare<[number], { root: string }>('SELECT root FROM projects WHERE pk = ?');
  return {
    resolve(project: NewProject, at: number): number {
      const known = project.aliases.map((alias) => findAlias.get(alias)?.project_pk).find((pk) => pk !== undefined);
      const pk =
        known ?? Number(insert.run(newId(at), project.name, project.root, project.remote, at, at).lastInsertRowid);
      for (const alias of project.aliases) addAlias.run(alias, pk);
      return pk;
    },
    touch: (pk: number, at: number) => void touch.run(at, pk),
    rootOf: (pk: number) => root.get(pk)?.root ?? '',
  };
}

interface ProjectRow {
  id: string;
  name: string;
  root: string;
  remote: string | null;
  session_count: number;
  observation_count: number;
  last_event_at: number;
}

/** All projects, the busiest of late first. */
export function createProjectReader(db: ReadableDb) {
  const list = db.prepare<[], ProjectRow>(`
    SELECT p.id, p.name, p.root, p.remote, p.last_event_at,
      (SELECT COUNT(*) FROM sessions s WHERE s.project_pk = p.pk) AS session_count,
      (SELECT COALESCE(SUM(s.observation_count), 0) FROM sessions s WHERE s.project_pk = p.pk) AS observation_count
    FROM projects p ORDER BY p.last_event_at DESC, p.pk DESC`);
  const byId = db.prepare<[string], { pk: number; name: string; root: string }>(
    'SELECT pk, name, root FROM projects WHERE id = ?',
  );
  return {
    list: (): ProjectView[] => list.all().map((row) => ({ ...row, last_event_at: isoTime(row.last_event_at) })),
    find: (id: string) => byId.get(id) ?? null,
  };
}
