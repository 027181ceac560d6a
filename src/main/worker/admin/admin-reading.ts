import { z } from 'zod';
import type { ReadableDb } from '../../store/database.ts';

/** More would say the same. */
const mostFindings = 20;

export interface FileUse {
  usedBytes: number;
  /** When an agent said something last; null when none ever did. */
  lastEventAt: number | null;
}

/** What the reader threads say of the file's health; takes as long as the file is large, so it wants a thread of its own. */
export function createAdminReading(db: ReadableDb) {
  const lastEvent = db
    .prepare<[number], number | null>('SELECT max(last_event_at) FROM sessions WHERE last_event_at <= ?')
    .pluck();
  const pages = (name: 'page_count' | 'freelist_count' | 'page_size') => Number(db.pragma(name, { simple: true }));
  return {
    fileUse: (now: number): FileUse => ({
      usedBytes: (pages('page_count') - pages('freelist_count')) * pages('page_size'),
      lastEventAt: lastEvent.get(now) ?? null,
    }),
    /** What is wrong with pages, indexes, the text index and references between rows; empty when nothing is. */
    checkFile(): string[] {
      // Looks into virtual tables, too (SQLite 3.44 and later).
      const said = db.pragma(`integrity_check(${mostFindings})`, { simple: false });
      const lost = db.pragma('foreign_key_check', { simple: false });
      const faults = rowsOf(said).map((row) => String(row['integrity_check']));
      const tables = new Set(
        rowsOf(lost).map((row) => `${String(row['table'])} names rows of ${String(row['parent'])}`),
      );
      return [
        ...faults.filter((fault) => fault !== 'ok'),
        ...[...tables].slice(0, mostFindings).map((name) => `${name} that are not there.`),
      ];
    },
  };
}

const rows = z.array(z.record(z.string(), z.unknown()));
const rowsOf = (value: unknown) => rows.parse(value);
