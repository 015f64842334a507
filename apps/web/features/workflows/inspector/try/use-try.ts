import { routes, type StepOf, type TryEvent } from '@pipelines/contracts';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../../../../api-client.ts';
import { postEvents } from '../../../../post-events.ts';
import type { ReadSamples } from './samples.ts';
import { begun, putTryEvent, stopTry, type Try } from './try-state.ts';

/** Tries a step, and shows what comes of it; one at a time. */
export function useTry() {
  const [state, setState] = useState<Try | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function run({ name, config }: StepOf<'llm'>, { input, steps }: ReadSamples) {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    setState(begun);
    const take = (event: TryEvent) => !abort.signal.aborted && setState((now) => putTryEvent(now ?? begun, event));
    try {
      await postEvents(routes.tryStep, { name, config, input, steps }, abort.signal, take);
      if (running.current === abort) setState((now) => stopTry(now ?? begun, 'The connection to the server broke off. Try again.'));
    } catch (error) {
      if (running.current !== abort) return;
      const words =
        error instanceof ApiProblem
          ? [error.detail, error.fix].filter(Boolean).join(' ')
          : 'The connection to the server broke off. Try again.';
      setState((now) => stopTry(now ?? begun, abort.signal.aborted ? null : words));
    }
  }

  return { state, run, stop: () => running.current?.abort() };
}
