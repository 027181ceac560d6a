import { foundation } from './0001-foundation.ts';
import { embeddings } from './0002-embeddings.ts';
import { context } from './0003-context.ts';
import { searchHistory } from './0004-search-history.ts';
import type { Migration } from './migration.ts';

/** In the order in which they run. Add at the end; never change one that was released. */
export const migrations: readonly Migration[] = [foundation, embeddings, context, searchHistory];
