import { createModelReadings } from '../../store/tables/model-call-reader.ts';
import { createUnsummarisedSessions, type UnsummarisedRequest } from '../../store/tables/unsummarised.ts';
import type { ModelSettings } from '../../../shared/model-views.ts';
import type { WriterOperationParts } from '../writer-operations.ts';
import { createEnqueue } from './job-enqueue.ts';
import { jobKeys } from './job-keys.ts';

export interface HistoryRequest extends UnsummarisedRequest {
  /** What a model is to be asked for. */
  uses: Pick<ModelSettings['use_for'], 'sessions' | 'learnings'>;
  at: number;
}

/** What the writer does when a person lets a model read the history. */
export function createHistoryOperations({ db }: WriterOperationParts) {
  const sessions = createUnsummarisedSessions(db);
  const isRead = createModelReadings(db);
  const enqueue = createEnqueue(db);
  return {
    /** Queues all of it or nothing, in the background and the newest session first; how many sessions. */
    queueHistory({ uses, at, ...request }: HistoryRequest): number {
      let queued = 0;
      for (const { pk: sessionPk, project_pk: projectPk } of sessions(request)) {
        const common = { projectPk, sessionPk, priority: 0, runAfter: at };
        if (uses.sessions) {
          const payload = { scope: 'session', force: false, withModel: true };
          enqueue({ ...common, kind: 'summarise', key: jobKeys.session(sessionPk), payload }, at);
        }
        const isLearned = !uses.learnings || isRead({ purpose: 'learn', sessionPk });
        if (!isLearned) {
          enqueue({ ...common, kind: 'learn', key: jobKeys.learn(sessionPk), payload: { final: true } }, at);
        }
        if (uses.sessions || !isLearned) queued++;
      }
      return queued;
    },
  };
}
