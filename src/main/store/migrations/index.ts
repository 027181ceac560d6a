import { foundation } from './0001-foundation.ts';
import { embeddings } from './0002-embeddings.ts';
import { context } from './0003-context.ts';
import { searchHistory } from './0004-search-history.ts';
import { jobs } from './0005-jobs.ts';
import { modelCalls } from './0006-model-calls.ts';
import { summaries } from './0007-summaries.ts';
import { learnings } from './0008-learnings.ts';
import { memories } from './0009-memories.ts';
import { graph } from './0010-graph.ts';
import { access } from './0011-access.ts';
import { permissions } from './0012-permissions.ts';
import { records } from './0013-records.ts';
import { agentsAndTools } from './0014-agents-and-tools.ts';
import { replacedKeys } from './0015-replaced-keys.ts';
import { learningTags } from './0016-learning-tags.ts';
import type { Migration } from './migration.ts';

/** In the order in which they run. Add at the end; never change one that was released. */
export const migrations: readonly Migration[] = [
  foundation,
  embeddings,
  context,
  searchHistory,
  jobs,
  modelCalls,
  summaries,
  learnings,
  memories,
  graph,
  access,
  permissions,
  records,
  agentsAndTools,
  replacedKeys,
  learningTags,
];
