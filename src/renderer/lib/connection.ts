import { createStore } from './store.ts';

/** Whether the worker answers; the shell shows a banner while it does not. */
export const connectionStore = createStore<'connected' | 'unreachable'>('connected');

/** Whether this browser may see the memory; `needed` shows how to get a link. */
export const accessStore = createStore<'granted' | 'needed'>('granted');
