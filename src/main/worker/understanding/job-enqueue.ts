import type { NewJob } from '../../jobs/job.ts';
import type { WritableDb } from '../../store/database.ts';
import { createTaskQueueWriter, type NewTask } from '../../store/tables/task-queue.ts';

/** Queues a job in the running transaction; gives the id of the one that waits with this key. For whoever writes. */
export type EnqueueJob = (job: NewJob, at: number) => string;

/** Enqueueing for other operations of the writer: what they write and the job that follows from it come together. */
export function createEnqueue(db: WritableDb): EnqueueJob {
  const queue = createTaskQueueWriter(db);
  return (job, at) => queue.enqueue(toTask(job), at);
}

/** As the table has it. */
export function toTask({ payload, ...job }: NewJob): NewTask {
  return { ...job, payload: JSON.stringify(payload) };
}
