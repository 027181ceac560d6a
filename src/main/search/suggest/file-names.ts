import type { ReadableDb } from '../../store/database.ts';
import { createDeletionWatch } from './deletion-watch.ts';

export interface FileName {
  path: string;
  /** The last segment. */
  name: string;
  /** Rows that touched it. */
  count: number;
}

type Row = [pk: number, path: string];
interface KeptFile {
  pk: number;
  path: string;
  name: string;
  lowerName: string;
  lowerPath: string;
}

const mostFound = 200;

/** The files that sessions touched, kept in memory and caught up by their row id. */
export function createFileNames(db: ReadableDb) {
  const added = db.prepare<[number], Row>('SELECT pk, path FROM files WHERE pk > ? ORDER BY pk').raw(true);
  const count = db.prepare<[number], number>('SELECT count(*) FROM observation_files WHERE file_pk = ?').pluck();
  const files: KeptFile[] = [];
  const names = new Map<string, number>();
  const wasDeleted = createDeletionWatch(db);
  let lastPk = 0;

  function catchUp(): void {
    if (wasDeleted()) {
      // Files that no row names any more go too, and their pk may be given to another.
      files.length = 0;
      names.clear();
      lastPk = 0;
    }
    for (const [pk, path] of added.all(lastPk)) {
      const lowerPath = path.toLowerCase().replaceAll('\\', '/');
      const name = path.slice(lowerPath.lastIndexOf('/') + 1);
      files.push({ pk, path, name, lowerName: name.toLowerCase(), lowerPath });
      names.set(name, (names.get(name) ?? 0) + 1);
      lastPk = pk;
    }
  }

  return {
    /** Those whose name begins so, or whose path has a segment that does; the newest are looked at first, most used come first. */
    find(typed: string, limit: number): FileName[] {
      catchUp();
      const wanted = typed.toLowerCase().replaceAll('\\', '/');
      const found: KeptFile[] = [];
      for (let index = files.length - 1; index >= 0 && found.length < mostFound; index--) {
        const file = files[index];
        if (file !== undefined && matches(file, wanted)) found.push(file);
      }
      return found
        .map(({ pk, path, name }) => ({ path, name, count: count.get(pk) ?? 0 }))
        .filter((file) => file.count > 0)
        .toSorted((one, other) => other.count - one.count)
        .slice(0, limit);
    },
    /** The shortest tail of the path that names no other file. */
    tailOf({ path, name }: FileName): string {
      if ((names.get(name) ?? 0) <= 1) return name;
      const segments = path.split(/[/\\]/u).filter((segment) => segment !== '');
      return segments.slice(-3).join('/');
    },
  };
}

function matches({ lowerName, lowerPath }: KeptFile, wanted: string): boolean {
  if (lowerName.startsWith(wanted)) return true;
  return wanted.includes('/') && (lowerPath.includes(`/${wanted}`) || lowerPath.startsWith(wanted));
}
