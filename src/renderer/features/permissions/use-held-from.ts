import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/** As browsers guard their own questions: what was on its way when the list moved was meant for the request before. */
const heldMs = 600;

export interface HeldFrom {
  /** As it is drawn. */
  heldFrom: number;
  /** As it holds from the moment in which the list moved, before it is drawn. */
  isHeld(place: number): boolean;
}

/**
 * The place from which on nothing may be answered for a moment, since the list has just moved there by itself: a request came, was answered
 * elsewhere or ran out. Infinity while it stands still; that somebody moves within it changes nothing.
 */
export function useHeldFrom(ids: readonly string[], marked: string | undefined): HeldFrom {
  const [heldFrom, setHeldFrom] = useState(Infinity);
  const current = useRef(Infinity);
  const stood = useRef<{ ids: readonly string[]; marked: string | undefined }>({ ids: [], marked: undefined });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLayoutEffect(() => {
    const before = stood.current;
    stood.current = { ids, marked };
    const from = movedFrom(before.ids, ids, before.marked);
    if (from === Infinity) return;
    const hold = (place: number): void => {
      current.current = place;
      setHeldFrom(place);
    };
    hold(Math.min(current.current, from));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => hold(Infinity), heldMs);
  }, [ids, marked]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { heldFrom, isHeld: (place) => place >= current.current };
}

/** The first place where another request stands than before; the first of all when the marked one left, or none was there. */
function movedFrom(before: readonly string[], ids: readonly string[], marked: string | undefined): number {
  if (before.length === 0) return ids.length === 0 ? Infinity : 0;
  if (marked !== undefined && !ids.includes(marked)) return 0;
  const from = before.findIndex((id, index) => ids[index] !== id);
  return from < 0 ? Infinity : from;
}
