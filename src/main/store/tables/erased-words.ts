import type { WritableDb } from '../database.ts';

/** Pages of the index that one step of `scrub` looks at: some milliseconds of the writer, which hooks can bear. */
const pagesAtOnce = 16;

/** What is left of rows that were erased: their words in the index, and in what people searched for. */
export function createErasedWords(db: WritableDb) {
  const texts = db
    .prepare<[{ pk: number }], string>(
      `SELECT r.content FROM deletions d JOIN deleted_rows r ON r.deletion_pk = d.pk
       WHERE (d.pk = @pk OR d.session_id = (SELECT id FROM deletions WHERE pk = @pk AND kind = 'session'))
         AND r.origin IN ('observations', 'prompts', 'messages')`,
    )
    .pluck();
  const queries = db.prepare<[], string>('SELECT query FROM search_history').pluck();
  const forgetQuery = db.prepare<[string]>('DELETE FROM search_history WHERE query = ?');
  const isSaid = db
    .prepare<[string], number>('SELECT 1 FROM observation_terms WHERE observation_terms MATCH ? LIMIT 1')
    .pluck();
  const merge = db.prepare<[bigint]>(`INSERT INTO observation_terms (observation_terms, rank) VALUES ('merge', ?)`);
  const written = db.prepare<[], number>('SELECT total_changes()').pluck();

  return {
    /** Of a session with what was deleted of it alone, which is erased with it. */
    texts: (deletionPk: number) => texts.all({ pk: deletionPk }),
    /** Past queries of which `isSuspect` says that they may repeat what was erased. */
    forgetQueries(isSuspect: (query: string) => boolean): void {
      for (const query of queries.all()) if (isSuspect(query)) forgetQuery.run(query);
    },
    /** Whether a row has the term. */
    isSaid: (term: string) => isSaid.get(`"${term.replaceAll('"', '""')}"`) === 1,
    /**
     * A deleted row leaves its terms in the index until they are merged (sqlite.org/fts5.html#the_merge_command); this merges a
     * piece of it, `isFirst` beginning anew. True when nothing is left to do.
     */
    scrub(isFirst: boolean): boolean {
      const before = written.get() ?? 0;
      merge.run(BigInt(isFirst ? -pagesAtOnce : pagesAtOnce));
      return (written.get() ?? 0) - before < 2;
    },
  };
}
