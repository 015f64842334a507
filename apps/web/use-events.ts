import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';

/**
 * Listens to a stream of events of the server while the page is in sight. True while it does: then nothing has to be
 * asked again and again. The browser reconnects by itself; every connection begins with the whole.
 */
export function useEvents<Schema extends z.ZodType>(address: string, schema: Schema, onEvent: (event: z.output<Schema>) => void): boolean {
  const [isOpen, setIsOpen] = useState(false);
  const latest = useRef(onEvent);
  latest.current = onEvent;
  useEffect(() => {
    let source: EventSource | null = null;
    function close() {
      source?.close();
      source = null;
      setIsOpen(false);
    }
    function follow() {
      if (document.visibilityState === 'hidden') return close();
      if (source !== null && source.readyState !== EventSource.CLOSED) return;
      source = new EventSource(address);
      source.onopen = () => setIsOpen(true);
      source.onerror = () => setIsOpen(false);
      source.onmessage = ({ data }: MessageEvent<string>) => {
        const event = schema.safeParse(JSON.parse(data));
        if (event.success) latest.current(event.data);
      };
    }
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      close();
    };
  }, [address, schema]);
  return isOpen;
}
