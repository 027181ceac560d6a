import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Logger, toLogFormat } from '../observe/logger.ts';
import type { Reader } from './reader-pool.ts';
import type { WriterClient } from './writer-client.ts';

/** Claude Code writes its transcript a little after it tells of a turn's end, so it is read again after these pauses. */
const delaysMs = [150, 1_000, 5_000];
/** At the first start, transcripts that changed within this time are read; older ones are an import's business. */
const firstLookBackMs = 24 * 60 * 60 * 1000;
/** A transcript that changed this shortly before the start belongs to a session that may be running. */
const stillWrittenMs = 60_000;
const closeWithinMs = 2_000;
/** Looked further back than the last catch-up, for clocks that differ. */
const overlapMs = 60 * 60 * 1000;

export interface Reconciler {
  /** Reads a transcript, and its subagents', now and a few times more: a turn has ended. */
  soon(path: string): void;
  /** Reads all that was written since the last catch-up that came to its end. */
  catchUp(projectsDir: string, caughtUpTo: number | null): Promise<void>;
  close(): Promise<void>;
}

/** Hooks are hints; transcripts say what really happened. Reads their tails, one file at a time. */
export function createReconciler(reader: Reader, writer: WriterClient, log: Logger): Reconciler {
  const pending = new Map<string, NodeJS.Timeout>();
  const wanted = new Set<string>();
  let running: Promise<void> = Promise.resolve();
  let closed = false;
  let failures = 0;

  async function readFile(path: string): Promise<void> {
    for (let more = true; more && !closed;) {
      const piece = await reader.call('readTranscript', { path, now: Date.now() });
      if (piece === null) return;
      await writer.submit({ kind: 'transcript', path, events: piece.events, position: piece.position });
      more = piece.more;
    }
  }

  async function work(): Promise<void> {
    for (const path of wanted) {
      wanted.delete(path);
      if (closed) continue;
      try {
        await readFile(path);
      } catch (error) {
        failures++;
        if (!closed) {
          log.warn('A transcript could not be read; it is tried again at the next turn.', {
            reason: toLogFormat(error),
          });
        }
      }
    }
  }

  function read(path: string): Promise<void> {
    wanted.add(path);
    // What is added while the last file is being finished must not be left over.
    running = running.then(work);
    return running;
  }

  async function readWithAgents(path: string): Promise<void> {
    // Asked here first, because a thread is dearer than a look, and a transcript of another machine is never there.
    const info = await stat(path).catch(() => null);
    if (info === null || !info.isFile()) return;
    await read(path);
    for (const agent of await agentTranscripts(path)) await read(agent);
  }

  /** One timer a transcript: a turn that ends while another is still being looked after begins the pauses anew. */
  function again(path: string, attempt: number): void {
    const pause = delaysMs[attempt];
    if (pause === undefined || closed) return void pending.delete(path);
    const timer = setTimeout(() => {
      void readWithAgents(path).then(() => {
        if (pending.get(path) === timer) again(path, attempt + 1);
      });
    }, pause);
    timer.unref();
    pending.set(path, timer);
  }

  return {
    soon(path) {
      clearTimeout(pending.get(path));
      again(path, 0);
    },
    async catchUp(projectsDir, caughtUpTo) {
      const startedAt = Date.now();
      const since = caughtUpTo === null ? startedAt - firstLookBackMs : caughtUpTo - overlapMs;
      const failuresBefore = failures;
      for (const { path, at } of await changedTranscripts(projectsDir, since)) {
        if (closed) return;
        await readWithAgents(path);
        // A session that is running now goes on writing.
        if (startedAt - at < stillWrittenMs) again(path, 0);
      }
      // Only now: a catch-up that was cut short is done again from where it began.
      if (!closed && failures === failuresBefore) await writer.submit({ kind: 'caught-up', at: startedAt });
    },
    async close() {
      closed = true;
      for (const timer of pending.values()) clearTimeout(timer);
      pending.clear();
      // A file on a network that is gone may never answer; what is left is read at the next start.
      await Promise.race([running, delay(closeWithinMs, undefined, { ref: false })]);
    },
  };
}

/** `<folder>/<session>.jsonl` has its subagents in `<folder>/<session>/subagents/`. */
async function agentTranscripts(path: string): Promise<string[]> {
  const folder = join(dirname(path), basename(path, '.jsonl'), 'subagents');
  return (await entries(folder))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl'))
    .map((entry) => join(folder, entry.name));
}

async function changedTranscripts(projectsDir: string, since: number): Promise<{ path: string; at: number }[]> {
  const found: { path: string; at: number }[] = [];
  for (const folder of await entries(projectsDir)) {
    if (!folder.isDirectory()) continue;
    for (const entry of await entries(join(projectsDir, folder.name))) {
      if (!entry.isFile() || !entry.name.endsWith('.jsonl')) continue;
      const path = join(projectsDir, folder.name, entry.name);
      const at = await stat(path).then(
        (info) => info.mtimeMs,
        () => 0,
      );
      if (at >= since) found.push({ path, at });
    }
  }
  return found.toSorted((a, b) => a.at - b.at);
}

async function entries(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}
