import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

export interface TypedSearch {
  readonly typed: string;
  readonly type: (text: string) => void;
  /** Hands on at once what has been typed and waits. */
  readonly flush: () => void;
}

/**
 * A text whose settled form stands in the address: typed here at once, handed on once the typing pauses, or when it is
 * flushed. What waits when somebody goes to another page is dropped, since handing it on would bring them back.
 *
 * @param value the text as the address has it
 * @param onChange takes the text to the address
 * @param pauseMs how long a pause hands it on; null: none does
 */
export function useTypedSearch(value: string, onChange: (text: string) => void, pauseMs: number | null = 200): TypedSearch {
  const router = useRouter();
  const [typed, setTyped] = useState(value);
  const waiting = useRef<{ readonly text: string; readonly timer: ReturnType<typeof setTimeout> | undefined } | null>(null);
  const handedOn = useRef(value);
  const hand = useRef(onChange);
  useEffect(() => {
    hand.current = onChange;
  });

  useEffect(() => {
    const drop = () => {
      clearTimeout(waiting.current?.timer);
      waiting.current = null;
    };
    const unsubscribe = router.subscribe('onBeforeNavigate', ({ pathChanged }) => {
      if (pathChanged) drop();
    });
    return () => {
      unsubscribe();
      drop();
    };
  }, [router]);

  // What was handed on comes back by the address, when more may have been typed.
  useEffect(() => {
    if (value === handedOn.current) return;
    handedOn.current = value;
    setTyped(value);
  }, [value]);

  function flush() {
    if (!waiting.current) return;
    const { text, timer } = waiting.current;
    clearTimeout(timer);
    waiting.current = null;
    if (text === handedOn.current) return;
    handedOn.current = text;
    hand.current(text);
  }

  function type(text: string) {
    setTyped(text);
    clearTimeout(waiting.current?.timer);
    waiting.current = { text, timer: pauseMs === null ? undefined : setTimeout(flush, pauseMs) };
  }

  return { typed, type, flush };
}
