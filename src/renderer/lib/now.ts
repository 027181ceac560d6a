import { useEffect } from 'react';
import { createStore, useStore } from './store.ts';

const stepMs = 20_000;
const nowStore = createStore(Date.now());
let readers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Milliseconds since 1970, renewed three times a minute: one clock for all relative times on the screen. */
export function useNow(): number {
  useEffect(() => {
    readers += 1;
    if (readers === 1) {
      nowStore.set(Date.now());
      timer = setInterval(() => nowStore.set(Date.now()), stepMs);
    }
    return () => {
      readers -= 1;
      if (readers === 0) clearInterval(timer);
    };
  }, []);
  return useStore(nowStore);
}
