import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { StartedBy } from '../../shared/views.ts';

/** Who runs on this data folder; a hint only, the lock is the truth. */
export interface WorkerFile {
  pid: number;
  port: number;
  url: string;
  started_at: string;
  /** Left out by earlier versions. */
  started_by?: StartedBy | undefined;
}

/** Null when the file is missing or unreadable. Without zod: commands that agents wait for read it, too. */
export function readWorkerFile(path: string): WorkerFile | null {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isWorkerFile(content) ? content : null;
  } catch {
    return null;
  }
}

function isWorkerFile(value: unknown): value is WorkerFile {
  if (typeof value !== 'object' || value === null) return false;
  const isText = (name: string) => name in value && typeof Reflect.get(value, name) === 'string';
  const isNumber = (name: string) => Number.isInteger(Reflect.get(value, name));
  const startedBy: unknown = Reflect.get(value, 'started_by');
  const isKnown = startedBy === undefined || startedBy === 'person' || startedBy === 'agent';
  return isKnown && isNumber('pid') && isNumber('port') && isText('url') && isText('started_at');
}

/** Replaces the file in one step; returns its removal. */
export function writeWorkerFile(path: string, content: WorkerFile): () => void {
  const draft = `${path}.${content.pid}`;
  writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(draft, path);
  return () => rmSync(path, { force: true });
}
