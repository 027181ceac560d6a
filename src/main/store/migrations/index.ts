import { foundation } from './0001-foundation.ts';
import type { Migration } from './migration.ts';

/** In the order in which they run. Add at the end; never change one that was released. */
export const migrations: readonly Migration[] = [foundation];
