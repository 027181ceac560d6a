import type { Ledger } from '../capture/ledger.ts';
import { readEmbeddingSettings } from '../embed/settings.ts';
import type { WritableDb } from '../store/database.ts';
import { createConfigurationWriter } from '../store/tables/configurations.ts';
import { createEmbeddingUsageWriter } from '../store/tables/embedding-usage.ts';
import type { EmbeddingWriter } from '../store/tables/embeddings.ts';
import type { EmbeddingSettingName, EmbeddingStart, EmbeddingTask, VectorModelChange } from './thread-messages.ts';

/** Vectors taken away in one commit: some milliseconds of the writer, which hooks can bear. */
const clearedAtOnce = 500;

/** The revision up to which every row had its vector when the worker closed. */
const doneKey = 'embedding.done_up_to';
const keys: Record<EmbeddingSettingName, string> = {
  settings: 'embedding.settings',
  answering: 'embedding.answering',
  paused: 'embedding.paused',
};

/** What the writer does about vectors: their sets and rows, the settings, what endpoints cost. */
export function createEmbeddingTasks(db: WritableDb, embeddings: EmbeddingWriter, ledger: Ledger) {
  const configurations = createConfigurationWriter(db);
  const usage = createEmbeddingUsageWriter(db);

  const newest = db.prepare<[], number | null>('SELECT max(revision) FROM observations').pluck();

  /** Good for one start: who does not close in order has to look at all rows again. */
  function takeDone(): EmbeddingStart['done'] {
    const doneUpTo = configurations.get(doneKey);
    if (doneUpTo !== null) configurations.put(doneKey, 'null', Date.now());
    const [model, ...others] = embeddings.models();
    if (model === undefined) return newest.get() === null ? { active: null } : null;
    const isDone = newest.get() === doneUpTo && others.length === 0;
    const usable = model.backend === db.vectorBackend;
    return isDone && usable && model.state === 'active' ? { active: { ...model, usable } } : null;
  }

  function changeModel(change: VectorModelChange): void {
    switch (change.what) {
      case 'open': {
        const { pk } = embeddings.ensure(change.modelId, change.dimension, Date.now());
        if (change.activate) embeddings.activate(pk);
        return;
      }
      case 'create':
        return void embeddings.create(change.modelId, change.dimension, Date.now());
      case 'activate':
        return void embeddings.activate(change.modelPk);
      case 'retire':
        return embeddings.retire(change.modelPk);
      case 'clear-some':
        return void embeddings.clearRetired(clearedAtOnce);
    }
  }

  return {
    /** As they were left, for the loop that works by them. */
    start: (): EmbeddingStart => ({
      settings: readEmbeddingSettings(configurations.get(keys.settings)),
      answering: readEmbeddingSettings(configurations.get(keys.answering)),
      paused: configurations.get(keys.paused) === true,
      done: takeDone(),
    }),
    perform(task: EmbeddingTask): void {
      switch (task.kind) {
        case 'vectors':
          embeddings.put(task.modelPk, task.rows);
          return embeddings.confirm(task.modelPk, task.unchanged);
        case 'vector-model':
          return changeModel(task.change);
        case 'embedding-setting':
          return configurations.put(keys[task.name], task.value, task.at);
        case 'embedding-done':
          return configurations.put(doneKey, JSON.stringify(newest.get() ?? null), task.at);
        case 'embedding-usage':
          return usage.add(task.usage, task.at);
        case 'embedding-changed':
          ledger.log({ type: 'embedding.changed', at: task.at, projectPk: null, sessionPk: null, data: task.data });
      }
    },
  };
}
