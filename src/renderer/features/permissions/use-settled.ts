import { useEffect, useRef } from 'react';

/** A key that was meant for the request before must not decide the one that took its place. */
const settleMs = 600;

const clock = (): number => performance.now();

/** Tells whether this request has been the marked one for long enough to have been read as such. */
export function useSettled(id: string | undefined): () => boolean {
  const since = useRef<{ id: string | undefined; at: number }>({ id: undefined, at: 0 });
  useEffect(() => {
    since.current = { id, at: clock() };
  }, [id]);
  return () => id !== undefined && since.current.id === id && clock() - since.current.at >= settleMs;
}
