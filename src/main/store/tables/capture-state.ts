import type { ReadableDb, WritableDb } from '../database.ts';

export interface TranscriptPosition {
  /** As text: on some file systems it does not fit into 63 bits. */
  inode: string;
  offsetBytes: number;
  /** JSON; what the reader needs to go on. */
  state: string;
}

interface TranscriptRow {
  path: string;
  inode: string;
  offset_bytes: number;
  state: string;
}

/** Keeps how far each transcript was read; put down in the transaction that holds what was read, or some would be read twice or never. */
export function createTranscriptWriter(db: WritableDb) {
  const put = db.prepare(`
    INSERT INTO transcripts (path, session_pk, inode, offset_bytes, state, read_at)
    VALUES (@path, @sessionPk, @inode, @offsetBytes, @state, @readAt)
    ON CONFLICT (path) DO UPDATE SET session_pk = COALESCE(excluded.session_pk, session_pk), inode = excluded.inode,
      offset_bytes = excluded.offset_bytes, state = excluded.state, read_at = excluded.read_at`);
  return {
    put: (path: string, sessionPk: number | null, position: TranscriptPosition, readAt: number) =>
      void put.run({ path, sessionPk, ...position, readAt }),
  };
}

/** Where to go on in a transcript; null for one that was never read. */
export function createTranscriptReader(db: ReadableDb) {
  const get = db.prepare<[string], TranscriptRow>(
    'SELECT path, inode, offset_bytes, state FROM transcripts WHERE path = ?',
  );
  return {
    position(path: string): TranscriptPosition | null {
      const row = get.get(path);
      return row ? { inode: row.inode, offsetBytes: row.offset_bytes, state: row.state } : null;
    },
  };
}

export interface PauseInterval {
  startedAt: number;
  /** Null while the pause lasts. */
  endedAt: number | null;
}

/** When capture was paused, so that a transcript cannot bring back what was not to be kept. */
export function createPauseWriter(db: WritableDb) {
  const begin = db.prepare<[number]>(`INSERT INTO capture_pauses (started_at, ended_at) VALUES (?, NULL)
     ON CONFLICT (started_at) DO UPDATE SET ended_at = NULL`);
  const end = db.prepare<[number]>('UPDATE capture_pauses SET ended_at = ? WHERE ended_at IS NULL');
  const all = db.prepare<[], { started_at: number; ended_at: number | null }>(
    'SELECT started_at, ended_at FROM capture_pauses ORDER BY started_at',
  );
  return {
    begin: (at: number) => void begin.run(at),
    end: (at: number) => void end.run(at),
    all: (): PauseInterval[] => all.all().map((row) => ({ startedAt: row.started_at, endedAt: row.ended_at })),
  };
}
