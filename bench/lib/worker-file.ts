import Database from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Reads the worker's file past the worker: what is really there. */
export interface WorkerFile {
  count(table: 'events' | 'observations' | 'observation_terms'): number;
  toolUseKeys(): Set<string>;
  /** How many events of the ledger only a transcript told of. */
  fromTranscripts(): number;
  /** 'ok' or what SQLite found. */
  integrity(): string;
  close(): void;
}

/** How an event with a tool use is told from all others: its name and id. */
export const toolUseKey = (name: string, toolUseId: string) => `${name} ${toolUseId}`;

/** Opens the one database of a data folder for reading; throws when there is none or more than one. */
export function openWorkerFile(dataDir: string): WorkerFile {
  const [file, ...others] = readdirSync(dataDir).filter((name) => /\.(?:db|sqlite3?)$/.test(name));
  if (file === undefined || others.length > 0) {
    throw new Error(`${dataDir} holds ${file === undefined ? 'no' : 'more than one'} database.`);
  }
  const db = new Database(join(dataDir, file), { readonly: true });
  return {
    count: (table) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()),
    toolUseKeys: () => {
      const rows = db.prepare('SELECT name, tool_use_id FROM events WHERE tool_use_id IS NOT NULL').raw().all() as [
        string,
        string,
      ][];
      return new Set(rows.map(([name, id]) => toolUseKey(name, id)));
    },
    fromTranscripts: () => Number(db.prepare("SELECT count(*) FROM events WHERE source = 'transcript'").pluck().get()),
    integrity: () => String(db.pragma('integrity_check', { simple: true })),
    close: () => void db.close(),
  };
}
