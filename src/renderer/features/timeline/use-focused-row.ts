import { useEffect, useRef, useState } from 'react';
import type { TimelineRow } from './timeline-rows.ts';

export interface FocusedRowOptions {
  focusId: string | undefined;
  rows: readonly TimelineRow[];
  /** Null while nothing more can be loaded just now. */
  loadMore: (() => void) | null;
  show(index: number): void;
}

const flashMs = 2200;

/** Brings one observation into view, loading pages until it is there, and says which one is to flash. */
export function useFocusedRow({ focusId, rows, loadMore, show }: FocusedRowOptions): string | null {
  const done = useRef<string | null>(null);
  const [flashing, setFlashing] = useState<string | null>(null);

  useEffect(() => {
    if (focusId === undefined || done.current === focusId || rows.length === 0) return;
    const index = rows.findIndex((row) => row.observation.id === focusId);
    if (index < 0) {
      loadMore?.();
      return;
    }
    done.current = focusId;
    show(index);
    // After the scroll, so that the flash begins when the row is seen.
    requestAnimationFrame(() => setFlashing(focusId));
  }, [focusId, rows, loadMore, show]);

  useEffect(() => {
    if (flashing === null) return undefined;
    const timer = setTimeout(() => setFlashing(null), flashMs);
    return () => clearTimeout(timer);
  }, [flashing]);
  return flashing;
}
