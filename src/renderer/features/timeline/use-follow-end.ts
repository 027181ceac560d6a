import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** This near to the end, in pixels, somebody is reading along. */
const nearEnd = 40;

export interface FollowEndOptions {
  scroller: RefObject<HTMLElement | null>;
  /** How many rows there are. */
  count: number;
  /** The height of all rows, in pixels; changes once more when new ones are measured. */
  height: number;
  /** False while older rows are still to be loaded: what joins then is not new. */
  isComplete: boolean;
}

export interface FollowEnd {
  /** Rows that joined below while somebody was reading further up. */
  unseen: number;
  onScroll(): void;
  /** Call before a row is opened or folded: that growth is not to be followed. */
  release(): void;
}

function isAtEnd(element: HTMLElement): boolean {
  return element.scrollHeight - element.scrollTop - element.clientHeight <= nearEnd;
}

/** Keeps the end of a growing list in view for whoever is there, and counts what joins for whoever is not. */
export function useFollowEnd({ scroller, count, height, isComplete }: FollowEndOptions): FollowEnd {
  /** How many rows were known when the end was first reached; all further ones are new. */
  const known = useRef<number | null>(null);
  const atEnd = useRef(false);
  const pinned = useRef(false);
  const [unseen, setUnseen] = useState(0);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (known.current !== null && count > known.current) {
      const joined = count - known.current;
      if (atEnd.current) pinned.current = true;
      else setUnseen((before) => before + joined);
    }
    if (isComplete || known.current !== null) known.current = count;
    // Further than it can go is the end.
    if (pinned.current) element.scrollTo({ top: height });
    else atEnd.current = isAtEnd(element);
  }, [scroller, count, height, isComplete]);

  return {
    unseen,
    onScroll() {
      if (!scroller.current) return;
      atEnd.current = isAtEnd(scroller.current);
      if (atEnd.current) setUnseen(0);
      else pinned.current = false;
    },
    release() {
      pinned.current = false;
    },
  };
}
