import type { JobStore } from '../embed/embedding-job.ts';
import type { Reader } from './reader-pool.ts';
import type { WriterClient, WriterRequest } from './writer-client.ts';

/** The sets of vectors as the job sees them: read in the intake thread, changed by the writer. */
export function createJobStore(
  intake: Pick<Reader, 'call'>,
  writer: Pick<WriterClient, 'submit'>,
  /** Another model answers from now on. */
  onActivate: () => Promise<void>,
): JobStore {
  const models = () => intake.call('embeddingModels');
  const submit = async (task: WriterRequest) => void (await writer.submit(task));
  return {
    models,
    counts: (modelPk) => intake.call('embeddingCounts', modelPk),
    open: (model) => submit({ kind: 'vector-model', change: { what: 'open', ...model } }),
    put: (modelPk, { made, unchanged }) => submit({ kind: 'vectors', modelPk, rows: made, unchanged }),
    async activate(modelPk) {
      await submit({ kind: 'vector-model', change: { what: 'activate', modelPk } });
      await onActivate();
    },
    retire: (modelPk) => submit({ kind: 'vector-model', change: { what: 'retire', modelPk } }),
    async clearSome() {
      await submit({ kind: 'vector-model', change: { what: 'clear-some' } });
      return (await models()).some(({ state }) => state === 'retired');
    },
  };
}
