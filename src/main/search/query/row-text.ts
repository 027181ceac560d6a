import type { ReadableDb } from '../../store/database.ts';

type Row = [
  pk: number,
  title: string,
  subtitle: string | null,
  narrative: string | null,
  tool: string | null,
  facts: string,
  concepts: string,
  filesRead: string,
  filesChanged: string,
];

/** Characters of a field that are looked at, as many as are indexed. */
const longestField = 8_000;

/** Reads the texts of rows, each field, fact, concept and path for itself. */
export function createTextReader(db: ReadableDb) {
  const byPks = db
    .prepare<[string], Row>(
      `SELECT pk, title, subtitle, narrative, tool, facts, concepts, files_read, files_changed
         FROM observations WHERE pk IN (SELECT value FROM json_each(?))`,
    )
    .raw(true);
  return {
    *read(pks: readonly number[]): Generator<readonly [pk: number, fields: string[]]> {
      if (pks.length === 0) return;
      for (const [pk, ...fields] of byPks.iterate(JSON.stringify(pks))) yield [pk, textsOf(fields)];
    },
  };
}

function textsOf([title, subtitle, narrative, tool, ...lists]: (string | null)[]): string[] {
  const texts = [title, subtitle, narrative, tool];
  for (const list of lists) if (list !== '[]' && list !== null) texts.push(...parseList(list ?? '[]'));
  return texts.flatMap((text) =>
    text === null || text === undefined || text === '' ? [] : [text.slice(0, longestField)],
  );
}

function parseList(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
