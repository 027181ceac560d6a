import { createStore } from '../../lib/store.ts';

/** Which half of the page the keys j, k and Enter speak to. */
export const paneStore = createStore<'list' | 'timeline'>('list');
