import type { ReadableDb } from '../../store/database.ts';
import { normalise } from '../normalise.ts';
import { scanTerms } from '../scan-terms.ts';
import { createDeletionWatch } from './deletion-watch.ts';

export interface RecentWord {
  surface: string;
  count: number;
}

/** What the titles of the newest rows say, as people wrote it. */
export interface RecentWords {
  /** Reads what is new, and forgets what was deleted. */
  catchUp(): void;
  /** Words that begin so, in lower case. */
  beginning(prefix: string): RecentWord[];
  /** Tools that ran of late, the most used first. */
  tools(): RecentWord[];
  titles(): readonly string[];
}

/** Titles that are read at first, and kept at most twice as many (6 ms once, bench/search/query.ts). */
const newestTitles = 1_000;

type Row = [pk: number, title: string, tool: string | null];

/** For one reader thread; titles are looked at once and forgotten when twice as many have come. */
export function createRecentWords(db: ReadableDb): RecentWords {
  const newest = db
    .prepare<[number, number], Row>('SELECT pk, title, tool FROM observations WHERE pk > ? ORDER BY pk DESC LIMIT ?')
    .raw(true);
  const wasDeleted = createDeletionWatch(db);
  let lastPk = 0;
  let titles: string[] = [];
  const words = new Map<string, RecentWord>();
  const tools = new Map<string, number>();

  function take([pk, title, tool]: Row): void {
    lastPk = Math.max(lastPk, pk);
    titles.push(title);
    if (tool !== null) tools.set(tool, (tools.get(tool) ?? 0) + 1);
    const text = normalise(title);
    scanTerms(text, (_term, start, end, kind) => {
      if (kind !== 'word' && kind !== 'whole') return;
      const surface = text.slice(start, end);
      const key = surface.toLowerCase();
      const known = words.get(key);
      if (known === undefined) words.set(key, { surface: kind === 'whole' ? surface : key, count: 1 });
      else known.count++;
    });
  }

  function forget(): void {
    titles = [];
    words.clear();
  }

  return {
    catchUp: () =>
      db.snapshot(() => {
        if (wasDeleted()) {
          forget();
          tools.clear();
          // A new row may have the pk of one that was deleted.
          lastPk = 0;
        }
        const rows = newest.all(lastPk, newestTitles).toReversed();
        if (titles.length + rows.length > 2 * newestTitles) forget();
        for (const row of rows) take(row);
      }),
    beginning: (prefix) => [...words].flatMap(([key, word]) => (key.startsWith(prefix) ? [word] : [])),
    tools: () =>
      [...tools].map(([surface, count]) => ({ surface, count })).toSorted((one, other) => other.count - one.count),
    titles: () => titles,
  };
}
