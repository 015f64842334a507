import type { Probe } from '@pipelines/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';

/** A probe, as far as it has come. `key` names the connection that was measured. */
export type ProbeState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running' }
  | { readonly phase: 'done'; readonly probe: Probe; readonly key: string }
  | { readonly phase: 'error'; readonly error: unknown };

/** Runs one probe at a time; leaving, or canceling, ends its calls at the provider too. */
export function useProbe() {
  const [state, setState] = useState<ProbeState>({ phase: 'idle' });
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  const cancel = useCallback(() => {
    current.current?.abort();
    current.current = null;
    setState({ phase: 'idle' });
  }, []);

  const run = useCallback(async (key: string, call: (signal: AbortSignal) => Promise<Probe>): Promise<Probe | null> => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    setState({ phase: 'running' });
    try {
      const probe = await call(controller.signal);
      if (current.current !== controller) return null;
      setState({ phase: 'done', probe, key });
      return probe;
    } catch (error) {
      if (current.current === controller) setState({ phase: 'error', error });
      return null;
    }
  }, []);

  return { state, run, cancel };
}
