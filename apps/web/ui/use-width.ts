import { type RefObject, useEffect, useRef, useState } from 'react';

/** The width of an element in px, kept true while it changes. */
export function useWidth<Element extends HTMLElement>(initialPx: number): readonly [RefObject<Element | null>, number] {
  const ref = useRef<Element>(null);
  const [widthPx, setWidthPx] = useState(initialPx);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidthPx(Math.floor(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, widthPx];
}
