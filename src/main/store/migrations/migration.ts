import type { WritableDb } from '../database.ts';

export interface Migration {
  /** Becomes `PRAGMA user_version`; grows by one. */
  version: number;
  name: string;
  /** SQL, or a function when rows must be computed; runs inside one transaction either way. */
  up: string | ((db: WritableDb) => void);
}
