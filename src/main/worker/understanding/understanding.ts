import { join } from 'node:path';
import type { UnderstandingServices } from '../../api/understanding-services.ts';
import type { JobHandlers } from '../../jobs/job.ts';
import { createAskService } from './ask-service.ts';
import { createBackupHandler } from './backup-handler.ts';
import { createCleanupHandler } from './cleanup-handler.ts';
import { createCostService } from './cost-service.ts';
import { createEmbedHandler } from './embed-handler.ts';
import { createExportHandler } from './export-handler.ts';
import { createGraphHandler } from './graph-handler.ts';
import { createGraphService } from './graph-service.ts';
import { createHistoryService } from './history-service.ts';
import { createJobQueue } from './job-queue.ts';
import { createJobService } from './job-service.ts';
import { createLearnHandler } from './learn-handler.ts';
import { createLearningService } from './learning-service.ts';
import { createMemoryService } from './memory-service.ts';
import { createModelAccount } from './model-account.ts';
import { createModelGateway } from './model-gateway.ts';
import { createModels } from './model-service.ts';
import { createPaidCalls } from './paid-calls.ts';
import type { UnderstandingParts } from './parts.ts';
import { createSummariseHandler } from './summary-handler.ts';
import { createSummaryService } from './summary-service.ts';
import { createConsolidateHandler, createDecayHandler } from './upkeep-handlers.ts';
import { createUpkeepService } from './upkeep-service.ts';

export interface Understanding {
  services: UnderstandingServices;
  /** Begins to work; nothing is read or run before. */
  start(): void;
  /** Rows were written: there may be work, and it may have to wait for a quieter moment. */
  wake(): void;
  /** Whether a job runs. */
  isBusy(): boolean;
  close(): Promise<void>;
}

/** Puts together the queue, the models and what they are for. */
export function createUnderstanding(parts: UnderstandingParts): Understanding {
  const paid = createPaidCalls(parts.writer);
  const account = createModelAccount({ ...parts, paid, costs: () => costs });
  const models = createModels({ ...parts, account });
  const costs = createCostService({ ...parts, models, onRoom: () => queue.releaseCapped() });
  const gateway = createModelGateway({ ...parts, models, paid });
  const queue = createJobQueue(parts);
  const jobs = createJobService(parts, queue);
  const { mode } = models;
  const handlers: JobHandlers = {
    summarise: createSummariseHandler({ ...parts, gateway, mode }),
    learn: createLearnHandler({
      ...parts,
      gateway,
      mode,
      projectsFolder: join(parts.options.claudeSettingsFile, '..', 'projects'),
    }),
    embed: createEmbedHandler(parts),
    graph: createGraphHandler({ ...parts, gateway, mode }),
    decay: createDecayHandler(parts),
    consolidate: createConsolidateHandler(parts),
    backup: createBackupHandler(parts),
    cleanup: createCleanupHandler(parts),
    export: createExportHandler(parts),
  };
  return {
    services: {
      jobs,
      models: {
        ...models.service,
        async configure(settings, key) {
          const status = await models.service.configure(settings, key);
          // Another model may have a price, or cost nothing.
          await queue.releaseCapped();
          return status;
        },
      },
      costs,
      summaries: createSummaryService(parts, queue),
      learnings: createLearningService(parts),
      memories: createMemoryService(parts),
      graph: createGraphService(parts),
      upkeep: createUpkeepService({ ...parts, jobs }),
      ask: createAskService({ ...parts, gateway, mode: () => models.mode() }),
      history: createHistoryService(parts, gateway, queue),
    },
    start() {
      // Jobs ask models, so the settings are there before the first one runs.
      void models
        .load()
        .catch(parts.onFault)
        .then(() => queue.start(handlers));
      // Before any call is made: whatever is still under way is another worker's.
      parts.writer.call('giveUpModelCalls', Date.now()).catch(parts.onFault);
    },
    wake: () => queue.wake(),
    isBusy: () => queue.isBusy(),
    async close() {
      await queue.close();
      models.close();
    },
  };
}
