import { isAbsolute, resolve } from 'node:path';
import type { ReadableDb } from '../../store/database.ts';

/** Folders of a project's sessions that are tried: worktrees, and where it lay before it was moved. */
const foldersTried = 20;

/**
 * A file as hooks name it, by an absolute path. A relative one lies below the project's root, or below a folder in which a session
 * of it ran when it is known there alone. An absolute one stays as it is.
 */
export function createFileFinder(db: ReadableDb) {
  const project = db.prepare<[number], { root: string }>('SELECT root FROM projects WHERE pk = ?');
  const folders = db.prepare<[number], { cwd: string }>(`
    SELECT cwd FROM sessions WHERE project_pk = ? AND cwd <> '' GROUP BY cwd ORDER BY MAX(last_event_at) DESC LIMIT ${foldersTried}`);
  const known = db.prepare<[string], { pk: number }>('SELECT pk FROM files WHERE path = ?');

  return function find(projectPk: number, file: string): string {
    const root = project.get(projectPk)?.root;
    if (isAbsolute(file) || root === undefined || root === '') return file;
    const paths = [root, ...folders.all(projectPk).map(({ cwd }) => cwd)].map((folder) => resolve(folder, file));
    return paths.find((path) => known.get(path) !== undefined) ?? resolve(root, file);
  };
}
