import type { ReadableDb, WritableDb } from '../database.ts';

/** Which observations have which concept; `observations.concepts` says the same, but cannot be looked up. */
export function createTagWriter(db: WritableDb) {
  const find = db.prepare<[string], { pk: number }>('SELECT pk FROM tags WHERE name = ?');
  const add = db.prepare<[string]>('INSERT INTO tags (name) VALUES (?)');
  const link = db.prepare<[number, number]>(
    'INSERT OR IGNORE INTO observation_tags (tag_pk, observation_pk) VALUES (?, ?)',
  );
  const unlink = db.prepare<[number]>('DELETE FROM observation_tags WHERE observation_pk = ?');

  return {
    put(pk: number, names: readonly string[]): void {
      unlink.run(pk);
      for (const name of names) link.run(find.get(name)?.pk ?? Number(add.run(name).lastInsertRowid), pk);
    },
    remove: (pk: number) => void unlink.run(pk),
  };
}

/** Tags by name, in any case and width. */
export function createTagReader(db: ReadableDb) {
  const all = db.prepare<[], [number, string]>('SELECT pk, name FROM tags').raw(true);
  const rows = db.prepare<[number], number>('SELECT observation_pk FROM observation_tags WHERE tag_pk = ?').pluck();
  const same = (name: string) => name.normalize('NFKC').toLowerCase();

  return {
    /** Row ids, some perhaps several times. */
    rowsWithAny(names: readonly string[]): number[] {
      const wanted = new Set(names.map(same));
      return all.all().flatMap(([pk, name]) => (wanted.has(same(name)) ? rows.all(pk) : []));
    },
  };
}
