import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const workerFile = z.object({
  pid: z.number().int(),
  port: z.number().int(),
  url: z.string(),
  started_at: z.string(),
});

/** Who runs on this data folder; a hint only, the lock is the truth. */
export type WorkerFile = z.infer<typeof workerFile>;

/** Null when the file is missing or unreadable. */
export function readWorkerFile(path: string): WorkerFile | null {
  try {
    return workerFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Replaces the file in one step; returns its removal. */
export function writeWorkerFile(path: string, content: WorkerFile): () => void {
  const draft = `${path}.${content.pid}`;
  writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(draft, path);
  return () => rmSync(path, { force: true });
}
