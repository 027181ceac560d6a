import type { WriterTask } from './thread-messages.ts';

/** The most tasks in one commit, so that no answer waits long for its neighbours. */
const largestBatch = 512;

export type CareTask = Extract<WriterTask, { kind: 'care' }>;
export type BatchTask = Exclude<WriterTask, CareTask>;

/** What goes into the next commit: no more than one takes, and nothing from behind a task that runs alone. */
export function batchOf(queue: readonly WriterTask[]): BatchTask[] {
  const batch: BatchTask[] = [];
  for (const task of queue) {
    if (task.kind === 'care' || batch.length === largestBatch) break;
    batch.push(task);
  }
  return batch;
}
