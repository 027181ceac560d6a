import { useLayoutEffect, useRef } from 'react';

/** As browsers guard their own questions: a click that was on its way when the page moved was meant for something else. */
const guardMs = 600;

const clock = (): number => performance.now();

interface Place {
  id: string | null;
  /** When what stood here left. */
  leftAt: number;
}

/** Tells whether this one has just taken the place of another, which was answered elsewhere or ran out. */
export function useMoved(ids: readonly string[]): (id: string) => boolean {
  const places = useRef<readonly Place[]>([]);
  useLayoutEffect(() => {
    const before = places.current;
    places.current = Array.from({ length: Math.max(before.length, ids.length) }, (_, index) => {
      const { id: stood, leftAt } = before[index] ?? { id: null, leftAt: -guardMs };
      const id = ids[index] ?? null;
      return { id, leftAt: stood === null || stood === id ? leftAt : clock() };
    });
  });
  return (id) => {
    const place = places.current.find((each) => each.id === id);
    return place !== undefined && clock() - place.leftAt < guardMs;
  };
}
