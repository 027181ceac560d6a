import { useCallback, useState } from 'react';

/** A ref for an element, and whether the element is taller than so many pixels, now and whenever it changes. */
export function useIsTaller(pixels: number): [ref: (element: HTMLElement | null) => (() => void) | undefined, boolean] {
  const [isTaller, setTaller] = useState(false);
  const ref = useCallback(
    (element: HTMLElement | null) => {
      if (element === null) return undefined;
      const measure = () => setTaller(element.offsetHeight > pixels);
      measure();
      const observer = new ResizeObserver(measure);
      observer.observe(element);
      return () => observer.disconnect();
    },
    [pixels],
  );
  return [ref, isTaller];
}
