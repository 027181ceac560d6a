import type { JobKind, JobsOverview, JobView } from '../../src/shared/job-views.ts';
import type { WorkerServer } from './child-server.ts';

/** The jobs of a worker, over its port as the window asks; throws when it refuses, and when it is gone. */
export function jobClient(worker: WorkerServer) {
  const headers = { authorization: `Bearer ${worker.ownerToken}`, 'content-type': 'application/json' };
  async function answerOf<T>(response: Response): Promise<T> {
    if (!response.ok) throw new Error(`The worker answered ${response.status}: ${await response.text()}`);
    const { result } = (await response.json()) as { result: { data: { json: T } } };
    return result.data.json;
  }
  const change = async <T>(name: string, json: object): Promise<T> =>
    answerOf(await fetch(`${worker.url}/trpc/${name}`, { method: 'POST', headers, body: JSON.stringify({ json }) }));
  return {
    enqueue: (kind: JobKind, sessionId?: string) =>
      change<JobView>('jobs.enqueue', { kind, ...(sessionId === undefined ? {} : { session_id: sessionId }) }),
    retry: (id: string) => change<JobView>('jobs.retry', { id }),
    setPaused: (paused: boolean) => change<JobsOverview>('jobs.setPaused', { kind: null, paused }),
    setConcurrency: (kind: JobKind, concurrency: number) =>
      change<JobsOverview>('jobs.setConcurrency', { kind, concurrency }),
  };
}
